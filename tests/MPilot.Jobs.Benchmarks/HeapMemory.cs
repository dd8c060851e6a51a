using System.Globalization;

namespace MPilot.Jobs.Benchmarks;

/// <summary>
/// Reads from outside how much memory the managed heap of a process holds. The runtime reserves one range of addresses for it, larger than all else
/// there is, and takes memory in it as it needs it.
/// </summary>
internal static class HeapMemory
{
    /// <summary>Resident bytes of the heap; 0 where the system does not tell.</summary>
    public static long Of(int process)
    {
        var file = $"/proc/{process}/smaps";
        if (!File.Exists(file))
        {
            return 0;
        }

        var ranges = new List<(ulong Start, ulong End, long Resident)>();
        foreach (var line in File.ReadLines(file))
        {
            if (TryReadRange(line) is { } range)
            {
                var follows = ranges.Count > 0 && ranges[^1].End == range.Start && !line.Contains('/', StringComparison.Ordinal);
                ranges.Add(follows ? (ranges[^1].Start, range.End, ranges[^1].Resident) : (range.Start, range.End, 0));
            }
            else if (line.StartsWith("Rss:", StringComparison.Ordinal))
            {
                var bytes = long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
                ranges[^1] = ranges[^1] with { Resident = ranges[^1].Resident + bytes };
            }
        }

        return ranges.MaxBy(r => r.End - r.Start).Resident;
    }

    /// <summary>The addresses of a line that begins a mapping, such as <c>7f00-7f01 rw-p 0 00:00 0</c>.</summary>
    private static (ulong Start, ulong End)? TryReadRange(string line)
    {
        var ends = line.Split(' ', 2)[0].Split('-');
        return ends.Length == 2 && ulong.TryParse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var start)
            && ulong.TryParse(ends[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var end)
            ? (start, end)
            : null;
    }
}
