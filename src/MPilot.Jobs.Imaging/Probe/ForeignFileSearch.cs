using System.Text;

namespace MPilot.Jobs.Imaging.Probe;

/// <summary>
/// Looks for another kind of file in what a picture carries besides its pixels: a page, a script or an archive that some other program would open
/// the file as. Bytes come in arbitrary splits.
/// </summary>
/// <remarks>Phones append videos and second pictures to photographs; those are no finding, and are stripped before a picture goes anywhere.</remarks>
internal sealed class ForeignFileSearch
{
    private const int Longest = 8;

    private readonly byte[] _seam = new byte[2 * Longest];
    private int _held;

    /// <summary>What was found, as in <c>a zip archive</c>.</summary>
    public string? Found { get; private set; }

    private static ReadOnlySpan<byte> Beginnings => "<%PR7"u8;

    /// <summary>The next bytes do not follow those before.</summary>
    public void Restart() => _held = 0;

    public void Push(ReadOnlySpan<byte> bytes)
    {
        var joined = Math.Min(Longest, bytes.Length);
        bytes[..joined].CopyTo(_seam.AsSpan(_held));
        Found ??= In(_seam.AsSpan(0, _held + joined)) ?? In(bytes);
        Remember(bytes, joined);
    }

    /// <summary>Keeps the last bytes, in which a name may have begun.</summary>
    private void Remember(ReadOnlySpan<byte> bytes, int joined)
    {
        var all = bytes.Length > joined ? bytes : _seam.AsSpan(0, _held + joined);
        _held = Math.Min(Longest - 1, all.Length);
        all[^_held..].CopyTo(_seam);
    }

    private static string? In(ReadOnlySpan<byte> bytes)
    {
        for (var at = bytes.IndexOfAny(Beginnings); at >= 0; at = bytes.IndexOfAny(Beginnings))
        {
            bytes = bytes[at..];
            if (Name(bytes) is { } found)
            {
                return found;
            }

            bytes = bytes[1..];
        }

        return null;
    }

    /// <summary>Signatures of at least six bytes, so that pixels and videos do not hold them by chance.</summary>
    private static string? Name(ReadOnlySpan<byte> bytes)
        => Begins(bytes, "<script"u8) || Begins(bytes, "<html>"u8) || Begins(bytes, "<html "u8) || Begins(bytes, "<!doctyp"u8) ? "an html page"
            : Begins(bytes, "<?php "u8) || Begins(bytes, "<?php\n"u8) ? "a php script"
            : bytes.StartsWith("%PDF-1."u8) || bytes.StartsWith("%PDF-2."u8) ? "a pdf"
            : bytes.StartsWith("PK\x5\x6\0\0\0\0"u8) ? "a zip archive"
            : bytes.StartsWith("Rar!\x1A\x7"u8) ? "a rar archive"
            : bytes.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) ? "a 7z archive"
            : null;

    private static bool Begins(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name)
        => bytes.Length >= name.Length && Ascii.EqualsIgnoreCase(bytes[..name.Length], name);
}
