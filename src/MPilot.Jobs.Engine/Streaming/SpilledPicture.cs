using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Engine.Streaming;

/// <summary>One string of a body on its way into an upload.</summary>
internal sealed class SpilledPicture(PictureUpload upload, long maxLength) : IAsyncDisposable
{
    private readonly PictureUpload _written = upload;
    private PictureUpload? _upload = upload;
    private JsonStringBytes _text;
    private Base64Text _base64;
    private bool _wanted = true;

    /// <summary>What stands for it where it may not be shown; <c>null</c> if it was no picture. While it is not disposed.</summary>
    public string? Note => _written.Finding is PictureFinding.Usable { Facts: var facts } ? PictureNote.Of(facts.FormatName, _written.Length) : null;

    /// <summary>The closing quote was met.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>More bytes than a picture may have.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>How many bytes <see cref="Decode"/> needs for raw bytes of some length.</summary>
    public static int DecodedLength(int rawLength) => Base64Text.MaxDecodedLength(rawLength);

    /// <summary>Takes raw bytes of the string, up to and with its closing quote; returns how many.</summary>
    public int Decode(ReadOnlySpan<byte> raw, Span<byte> decoded, out int written)
    {
        written = 0;
        var rest = raw;
        while (!rest.IsEmpty && !IsEnded)
        {
            var plain = _text.Next(ref rest, out var ended);
            IsEnded = ended;
            written += DecodePlain(plain, decoded[written..]);
        }

        if (IsEnded)
        {
            written += End(decoded[written..]);
        }

        return raw.Length - rest.Length;
    }

    /// <summary>Takes base64 that is no JSON string; returns how many bytes it gave.</summary>
    public int DecodePlain(ReadOnlySpan<byte> text, Span<byte> decoded) => _wanted ? _base64.Push(text, decoded) : 0;

    /// <summary>Decodes what is left at the end of the text; returns how many bytes it gave.</summary>
    public int End(Span<byte> decoded)
    {
        IsEnded = true;
        return _wanted ? _base64.Complete(decoded) : 0;
    }

    /// <summary>Hands on what was decoded.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> decoded, CancellationToken cancellationToken)
    {
        if (_base64.IsInvalid)
        {
            _wanted = false;
            await DisposeAsync();
        }

        if (!_wanted || decoded.IsEmpty || _upload is null)
        {
            return;
        }

        IsTooLarge = _upload.Length + decoded.Length > maxLength;
        _wanted = !IsTooLarge && await _upload.WriteAsync(decoded, cancellationToken);
    }

    /// <summary>Hands the upload over, once; <c>null</c> if the string was no base64.</summary>
    public PictureUpload? Take()
    {
        var taken = IsEnded ? _upload : null;
        _upload = IsEnded ? null : _upload;
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        var left = _upload;
        _upload = null;
        if (left is not null)
        {
            await left.DisposeAsync();
        }
    }
}
