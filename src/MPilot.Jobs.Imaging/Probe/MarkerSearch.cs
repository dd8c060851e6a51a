namespace MPilot.Jobs.Imaging.Probe;

/// <summary>Looks for the next marker of a JPEG in bytes that arrive in arbitrary splits, as decoders do: whatever lies before it.</summary>
internal sealed class MarkerSearch
{
    private const byte Mark = 0xFF;

    private bool _afterMark;

    /// <summary>Takes bytes up to and with the next marker; returns how many.</summary>
    /// <param name="before">How many of the first of them are no part of a marker.</param>
    /// <param name="marker">What follows the mark, once it is found; 0 stands for a mark that is no marker.</param>
    public int Take(ReadOnlySpan<byte> bytes, out int before, out byte? marker)
    {
        (before, marker) = (0, null);
        if (!_afterMark)
        {
            var mark = bytes.IndexOf(Mark);
            _afterMark = mark >= 0;
            before = mark < 0 ? bytes.Length : mark;
            return _afterMark ? mark + 1 : bytes.Length;
        }

        if (bytes[0] != Mark)
        {
            _afterMark = false;
            marker = bytes[0];
        }

        return 1;
    }
}
