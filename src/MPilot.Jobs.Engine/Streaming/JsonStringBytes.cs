using System.Buffers.Text;

namespace MPilot.Jobs.Engine.Streaming;

/// <summary>Undoes the escapes of one JSON string whose raw bytes come in pieces split anywhere. Characters beyond ASCII that were escaped come out as 0xFF.</summary>
internal struct JsonStringBytes
{
    private const byte NotAscii = 0xFF;
    private static readonly byte[] Singles = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

    private int _unit;
    private int _hexDigitsLeft;
    private bool _escaped;

    /// <summary>The next run of plain bytes; empty where there is none in this step. Bytes used up leave <paramref name="raw"/>.</summary>
    /// <param name="raw">What is left of the piece.</param>
    /// <param name="ended">The closing quote was met and used up.</param>
    public ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> raw, out bool ended)
    {
        ended = false;
        if (_hexDigitsLeft > 0)
        {
            return HexDigit(ref raw);
        }

        if (_escaped)
        {
            _escaped = false;
            return Escape(Take(ref raw));
        }

        var special = raw.IndexOfAny((byte)'"', (byte)'\\');
        var plain = special < 0 ? raw : raw[..special];
        raw = raw[plain.Length..];
        if (special >= 0)
        {
            ended = Take(ref raw) == '"';
            _escaped = !ended;
        }

        return plain;
    }

    private static byte Take(ref ReadOnlySpan<byte> raw)
    {
        var first = raw[0];
        raw = raw[1..];
        return first;
    }

    private static ReadOnlySpan<byte> One(byte value) => Singles.AsSpan(value, 1);

    private ReadOnlySpan<byte> Escape(byte letter)
    {
        switch (letter)
        {
            case (byte)'u':
                (_unit, _hexDigitsLeft) = (0, 4);
                return [];
            case (byte)'n' or (byte)'r' or (byte)'t' or (byte)'b' or (byte)'f':
                return One((byte)' ');
            case (byte)'/' or (byte)'\\' or (byte)'"':
                return One(letter);
            default:
                return One(NotAscii);
        }
    }

    /// <summary>An escape that breaks off must not hide the quote or the backslash it breaks off at.</summary>
    private ReadOnlySpan<byte> HexDigit(ref ReadOnlySpan<byte> raw)
    {
        if (raw[0] is (byte)'"' or (byte)'\\')
        {
            _hexDigitsLeft = 0;
            return One(NotAscii);
        }

        var known = Utf8Parser.TryParse(One(Take(ref raw)), out byte value, out _, 'x');
        _unit = known ? (_unit << 4) | value : (_unit << 4) | 0x10000;
        _hexDigitsLeft--;
        return _hexDigitsLeft > 0 ? [] : One(_unit is >= 0 and < 0x80 ? (byte)_unit : NotAscii);
    }
}
