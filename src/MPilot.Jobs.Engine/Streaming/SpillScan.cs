using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Unicode;

namespace MPilot.Jobs.Engine.Streaming;

/// <summary>One reading of one body. Where buffers are split never shows in what comes out.</summary>
internal sealed class SpillScan(SpillRules rules) : IAsyncDisposable
{
    private const int ChunkLength = 64 << 10;

    private readonly byte[] _chunk = ArrayPool<byte>.Shared.Rent(ChunkLength);
    private readonly byte[] _decoded = ArrayPool<byte>.Shared.Rent(SpilledPicture.DecodedLength(ChunkLength));
    private readonly string _nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private List<SpilledPicture> _pictures = [];
    private Residue? _residue = new();
    private SpilledPicture? _spilling;
    private JsonPlace _place;
    private bool _inString;
    private bool _isText;
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
            var flaw = total > rules.MaxTotal ? SpillFlaw.TooLong : await ScanAsync(_chunk.AsMemory(0, read.Value), cancellationToken);
            if (flaw is not null)
            {
                return new SpillOutcome.Flawed(flaw.Value, _place);
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

    /// <summary>Why the body cannot be read on, or <c>null</c>.</summary>
    private async ValueTask<SpillFlaw?> ScanAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
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
                var isLong = _inString && !_isText && _residue!.Length - _stringStart > JsonSpill.LongString;
                if (isLong && await TakeLongStringAsync(cancellationToken) is { } flaw)
                {
                    return flaw;
                }
            }

            if (_residue!.Length > rules.MaxResidue)
            {
                return SpillFlaw.ResidueTooLong;
            }

            if (_spilling is { IsTooLarge: true })
            {
                return SpillFlaw.PictureTooLarge;
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
            _isText = false;
            _stringStart = _residue.Length;
            return outside.Length;
        }

        var room = _isText ? ChunkLength : JsonSpill.LongString + 1 - (_residue!.Length - _stringStart);
        var inside = bytes[..Math.Min(bytes.Length, room)];
        var end = StringEnd(inside);
        if (end >= 0)
        {
            inside = inside[..(end + 1)];
            _inString = false;
        }

        _residue!.Append(inside);
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

    /// <summary>Lets a string that turned out long stay, if it is a text, or begins to decode it. Why neither can be, or <c>null</c>.</summary>
    private async ValueTask<SpillFlaw?> TakeLongStringAsync(CancellationToken cancellationToken)
    {
        if (rules.IsPicture is { } isPicture)
        {
            if (Locate(_stringStart - 1, out var isName) is not { } place)
            {
                return SpillFlaw.NotJson;
            }

            _place = place;
            if (isName || !isPicture(place))
            {
                _isText = true;
                return null;
            }
        }

        if (_pictures.Count == rules.MaxPictures)
        {
            return SpillFlaw.TooManyPictures;
        }

        await BeginSpillAsync(cancellationToken);
        return null;
    }

    /// <summary>Where the value stands that begins in the residue there.</summary>
    private JsonPlace? Locate(int start, out bool isName)
    {
        var skipped = _residue!.Length - _residue.WithoutByteOrderMark().Length;
        return JsonPlace.After(_residue.Memory.Span[Math.Min(skipped, start)..start], out isName);
    }

    /// <summary>Takes the string back out of the residue, leaves its marker there and starts decoding it.</summary>
    private async ValueTask BeginSpillAsync(CancellationToken cancellationToken)
    {
        _escaped = false;
        _spilling = new(await rules.Begin(_place, cancellationToken), rules.MaxPicture);
        _pictures.Add(_spilling);
        var head = _residue!.Memory[_stringStart..];
        var consumed = await SpillAsync(_spilling, head, cancellationToken);
        System.Diagnostics.Debug.Assert(consumed == head.Length, "A string that is still open has no closing quote.");
        _residue.Cut(_stringStart);
        _residue.AppendAscii(SpilledJson.Marker(_nonce, _pictures.Count - 1));
        _residue.Append("\""u8);
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
            if (FindUnreadable(text.Span) is { } at)
            {
                return new SpillOutcome.Flawed(SpillFlaw.NotUnicode, JsonPlace.After(text.Span[..at], out _) ?? default);
            }

            var json = new SpilledJson(JsonDocument.Parse(text), _residue, _pictures, _nonce, rules);
            _residue = null;
            _pictures = [];
            return new SpillOutcome.Complete(json);
        }
        catch (JsonException)
        {
            return new SpillOutcome.Flawed(SpillFlaw.NotJson, default);
        }
    }

    /// <summary>Finds broken Unicode now, escaped or not: a document throws over it only later, when a text or name is read.</summary>
    /// <returns>The index of the token that has it, or <c>null</c>.</returns>
    private static int? FindUnreadable(ReadOnlySpan<byte> json)
    {
        var isUtf8 = Utf8.IsValid(json);
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && (reader.ValueIsEscaped || !isUtf8))
                {
                    Unescape(reader);
                }
            }
        }
        catch (InvalidOperationException)
        {
            return (int)reader.TokenStartIndex;
        }

        return isUtf8 ? null : 0;
    }

    /// <exception cref="InvalidOperationException">The text is no Unicode.</exception>
    private static void Unescape(Utf8JsonReader reader)
    {
        var room = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            reader.CopyString(room);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }
}
