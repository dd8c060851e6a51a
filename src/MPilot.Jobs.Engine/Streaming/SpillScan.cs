using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Unicode;

using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Engine.Streaming;

/// <summary>One reading of one answer. Where buffers are split never shows in what comes out.</summary>
internal sealed class SpillScan(Func<CancellationToken, ValueTask<PictureUpload>> begin) : IAsyncDisposable
{
    private const int ChunkLength = 64 << 10;

    private readonly byte[] _chunk = ArrayPool<byte>.Shared.Rent(ChunkLength);
    private readonly byte[] _decoded = ArrayPool<byte>.Shared.Rent(SpilledPicture.DecodedLength(ChunkLength));
    private readonly string _nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private List<SpilledPicture> _pictures = [];
    private Residue? _residue = new();
    private SpilledPicture? _spilling;
    private bool _inString;
    private bool _escaped;
    private int _stringStart;

    public async Task<SpillOutcome> ReadAsync(Stream answer, CancellationToken cancellationToken)
    {
        long total = 0;
        while (true)
        {
            var read = await ReadChunkAsync(answer, cancellationToken);
            if (read is null)
            {
                return new SpillOutcome.Cut();
            }

            if (read == 0)
            {
                return Complete();
            }

            total += read.Value;
            var broken = total > JsonSpill.MaxAnswer ? "The answer is longer than 256 MB." : await ScanAsync(_chunk.AsMemory(0, read.Value), cancellationToken);
            if (broken is not null)
            {
                return new SpillOutcome.Broken(broken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(_chunk);
        ArrayPool<byte>.Shared.Return(_decoded);
        _residue?.Dispose();
        foreach (var picture in _pictures)
        {
            await picture.DisposeAsync();
        }
    }

    /// <summary>The number of bytes read, 0 at the end, <c>null</c> if the connection is lost.</summary>
    private async ValueTask<int?> ReadChunkAsync(Stream answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.ReadAsync(_chunk.AsMemory(0, ChunkLength), cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Why the answer is broken, or <c>null</c>.</summary>
    private async ValueTask<string?> ScanAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            if (_spilling is not null)
            {
                bytes = bytes[await SpillAsync(_spilling, bytes, cancellationToken)..];
            }
            else
            {
                bytes = bytes[Keep(bytes.Span)..];
                if (_inString && _residue!.Length - _stringStart > JsonSpill.LongString && !await BeginSpillAsync(cancellationToken))
                {
                    return "The answer holds too many long strings.";
                }
            }

            if (_residue!.Length > JsonSpill.MaxResidue)
            {
                return "The answer without its pictures is longer than 1 MB.";
            }

            if (_spilling is { IsTooLarge: true })
            {
                return "A picture of the answer is larger than 64 MB.";
            }

            if (_spilling is { IsEnded: true })
            {
                _spilling = null;
                _inString = false;
            }
        }

        return null;
    }

    /// <summary>Copies to the residue up to the next turn: a string's begin, its end, or the byte that makes it too long to keep. Returns how many bytes.</summary>
    private int Keep(ReadOnlySpan<byte> bytes)
    {
        if (!_inString)
        {
            var quote = bytes.IndexOf((byte)'"');
            var outside = bytes[..(quote < 0 ? Math.Min(bytes.Length, ChunkLength) : quote + 1)];
            _residue!.Append(outside);
            _inString = quote >= 0;
            _stringStart = _residue.Length;
            return outside.Length;
        }

        var room = JsonSpill.LongString + 1 - (_residue!.Length - _stringStart);
        var inside = bytes[..Math.Min(bytes.Length, room)];
        var end = StringEnd(inside);
        if (end >= 0)
        {
            inside = inside[..(end + 1)];
            _inString = false;
        }

        _residue.Append(inside);
        return inside.Length;
    }

    /// <summary>Index of the closing quote, or -1.</summary>
    private int StringEnd(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (_escaped)
            {
                _escaped = false;
                continue;
            }

            var special = bytes[i..].IndexOfAny((byte)'"', (byte)'\\');
            if (special < 0)
            {
                return -1;
            }

            i += special;
            if (bytes[i] == '"')
            {
                return i;
            }

            _escaped = true;
        }

        return -1;
    }

    /// <summary>Takes the string that turned out long back out of the residue, leaves its marker there and starts decoding it. False: one too many.</summary>
    private async ValueTask<bool> BeginSpillAsync(CancellationToken cancellationToken)
    {
        if (_pictures.Count == JsonSpill.MaxPictures)
        {
            return false;
        }

        _escaped = false;
        _spilling = new(await begin(cancellationToken));
        _pictures.Add(_spilling);
        var head = _residue!.Memory[_stringStart..];
        var consumed = await SpillAsync(_spilling, head, cancellationToken);
        System.Diagnostics.Debug.Assert(consumed == head.Length, "A string that is still open has no closing quote.");
        _residue.Cut(_stringStart);
        _residue.AppendAscii(SpilledJson.Marker(_nonce, _pictures.Count - 1));
        _residue.Append("\""u8);
        return true;
    }

    private async ValueTask<int> SpillAsync(SpilledPicture picture, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var consumed = picture.Decode(bytes.Span, _decoded, out var written);
        await picture.WriteAsync(_decoded.AsMemory(0, written), cancellationToken);
        return consumed;
    }

    private SpillOutcome Complete()
    {
        try
        {
            var text = _residue!.WithoutByteOrderMark();
            if (!HasReadableTexts(text.Span))
            {
                return new SpillOutcome.Broken("The answer is not valid Unicode.");
            }

            var json = new SpilledJson(JsonDocument.Parse(text), _residue, _pictures, _nonce, begin);
            _residue = null;
            _pictures = [];
            return new SpillOutcome.Complete(json);
        }
        catch (JsonException)
        {
            return new SpillOutcome.Broken("The answer is not valid JSON.");
        }
    }
    /// <summary>Finds broken Unicode now, escaped or not: a document throws over it only later, when a text or name is read.</summary>
    private bool HasReadableTexts(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.CopyString(_decoded);
                }
            }
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        return Utf8.IsValid(json);
    }
}
