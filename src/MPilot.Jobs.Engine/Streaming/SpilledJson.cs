using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Engine.Streaming;

/// <summary>An answer without its long strings, and the pictures those became. Disposing it discards every picture that was not taken.</summary>
public sealed class SpilledJson : IAsyncDisposable
{
    private readonly JsonDocument _document;
    private readonly Residue _residue;
    private readonly List<SpilledPicture> _pictures;
    private readonly string _nonce;
    private readonly SpillRules _rules;

    internal SpilledJson(
        JsonDocument document, Residue residue, List<SpilledPicture> pictures, string nonce, SpillRules rules)
    {
        _document = document;
        _residue = residue;
        _pictures = pictures;
        _nonce = nonce;
        _rules = rules;
    }

    /// <summary>The answer; valid until disposal. Read texts by <see cref="Text"/>, pictures by <see cref="TakePictureAsync(JsonElement, CancellationToken)"/>.</summary>
    public JsonElement Root => _document.RootElement;

    /// <summary>A short text, or <c>null</c> where there is none or it was so long that it was spilled.</summary>
    public string? Text(JsonElement element)
        => element.ValueKind == JsonValueKind.String && element.GetString() is { } text && !text.StartsWith(_nonce, StringComparison.Ordinal) ? text : null;

    /// <summary>What stands for a string that was spilled, whether it was taken or not; <c>null</c> where none was, or where it was no picture.</summary>
    public string? Note(JsonElement element) => Find(element)?.Note;

    /// <summary>Hands over the picture that a long string became. False: this is no such string, it was no base64, or it is taken already.</summary>
    public bool TryTakePicture(JsonElement element, [NotNullWhen(true)] out PictureUpload? picture)
    {
        picture = Find(element)?.Take();
        return picture is not null;
    }

    /// <summary>Hands over the picture in a base64 string of any length; <c>null</c> where there is none. The caller disposes it.</summary>
    public ValueTask<PictureUpload?> TakePictureAsync(JsonElement element, CancellationToken cancellationToken)
        => TakePictureAsync(element, default, cancellationToken);

    /// <summary>The same, for bodies whose pictures are begun by where they stand.</summary>
    public async ValueTask<PictureUpload?> TakePictureAsync(JsonElement element, JsonPlace place, CancellationToken cancellationToken)
    {
        if (element.ValueKind != JsonValueKind.String || Find(element) is not null)
        {
            return TryTakePicture(element, out var spilled) ? spilled : null;
        }

        await using var picture = new SpilledPicture(await _rules.Begin(place, cancellationToken), _rules.MaxPicture);
        var decoded = ArrayPool<byte>.Shared.Rent(SpilledPicture.DecodedLength(JsonSpill.LongString));
        try
        {
            picture.Decode(JsonMarshal.GetRawUtf8Value(element)[1..], decoded, out var written);
            await picture.WriteAsync(decoded.AsMemory(0, written), cancellationToken);
            return picture.Take();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(decoded);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _document.Dispose();
        _residue.Dispose();
        foreach (var picture in _pictures)
        {
            await picture.DisposeAsync();
        }

        _pictures.Clear();
    }

    /// <summary>What stands for a spilled string. The nonce is drawn for each answer, so that no provider can write one.</summary>
    internal static string Marker(string nonce, int index) => string.Create(CultureInfo.InvariantCulture, $"{nonce}{index}");

    private SpilledPicture? Find(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String
            || element.GetString() is not { } text
            || !text.StartsWith(_nonce, StringComparison.Ordinal)
            || !int.TryParse(text.AsSpan(_nonce.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return null;
        }

        return index < _pictures.Count ? _pictures[index] : null;
    }
}
