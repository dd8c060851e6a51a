namespace MPilot.Jobs.Imaging.Rendering;

/// <summary>Puts a source back where a mask keeps it: out = E·delivered + (255 − E)·source, colours counting by their alpha.</summary>
/// <param name="drift">Told of what is kept, before it is put back.</param>
internal sealed class PuttingBack(DriftCount drift)
{
    private const int Channels = 4;

    /// <param name="answer">A row of what was delivered; is changed.</param>
    /// <param name="source">The row of the source that lies there.</param>
    /// <param name="strength">How strongly each of its pixels was to be edited.</param>
    public void Row(Span<byte> answer, ReadOnlySpan<byte> source, ReadOnlySpan<byte> strength)
    {
        for (var x = 0; x < strength.Length;)
        {
            var alike = strength[x..].IndexOfAnyExcept(strength[x]);
            var length = alike < 0 ? strength.Length - x : alike;
            var (from, count) = (x * Channels, length * Channels);
            Run(answer.Slice(from, count), source.Slice(from, count), strength[x]);
            x += length;
        }
    }

    private void Run(Span<byte> answer, ReadOnlySpan<byte> source, byte strength)
    {
        if (strength == byte.MaxValue)
        {
            return;
        }

        if (strength == 0)
        {
            drift.Add(answer, source);
            source.CopyTo(answer);
            return;
        }

        for (var at = 0; at < answer.Length; at += Channels)
        {
            Blend(answer.Slice(at, Channels), source.Slice(at, Channels), strength);
        }
    }

    private static void Blend(Span<byte> answer, ReadOnlySpan<byte> source, int strength)
    {
        var (delivered, own) = (strength * answer[3], (byte.MaxValue - strength) * source[3]);
        var weight = delivered + own;
        if (weight == 0)
        {
            answer.Clear();
            return;
        }

        for (var channel = 0; channel < 3; channel++)
        {
            answer[channel] = (byte)(((delivered * answer[channel]) + (own * source[channel]) + (weight / 2)) / weight);
        }

        answer[3] = (byte)((weight + (byte.MaxValue / 2)) / byte.MaxValue);
    }
}
