using System.Numerics;
using System.Runtime.Intrinsics;

using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Imaging.Rendering;

/// <summary>Counts how far kept pixels were changed. Where alpha is involved it is a channel too, and colours count by it: what cannot be seen did not change.</summary>
/// <param name="alpha">Whether the delivered picture or the source has alpha.</param>
internal sealed class DriftCount(bool alpha)
{
    /// <summary>Greater differences are a change, not the noise of an encoding.</summary>
    private const byte Noise = 8;

    private const int Channels = 4;

    private long _pixels;
    private long _changed;
    private long _differences;

    /// <summary>Takes pixels of red, green, blue, alpha that were to be kept.</summary>
    public void Add(ReadOnlySpan<byte> delivered, ReadOnlySpan<byte> source)
    {
        _pixels += source.Length / Channels;
        var at = 0;
        for (; !alpha && at <= source.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            AddVector(Vector256.Create(delivered[at..]), Vector256.Create(source[at..]));
        }

        for (; at < source.Length; at += Channels)
        {
            AddPixel(delivered.Slice(at, Channels), source.Slice(at, Channels));
        }
    }

    public MaskDrift ToDrift() => _pixels == 0
        ? new(0, 0)
        : new((double)_changed / _pixels, (double)_differences / _pixels / (alpha ? Channels : Channels - 1));

    private void AddVector(Vector256<byte> delivered, Vector256<byte> source)
    {
        var difference = Vector256.Max(delivered, source) - Vector256.Min(delivered, source);
        var still = Vector256.Equals(Vector256.GreaterThan(difference, Vector256.Create(Noise)).AsUInt32(), Vector256<uint>.Zero);
        _changed += Vector256<uint>.Count - BitOperations.PopCount(still.ExtractMostSignificantBits());
        var (low, high) = Vector256.Widen(difference);
        _differences += Vector256.Sum(low + high);
    }

    private void AddPixel(ReadOnlySpan<byte> delivered, ReadOnlySpan<byte> source)
    {
        var most = Math.Abs(delivered[3] - source[3]);
        _differences += most;
        for (var channel = 0; channel < 3; channel++)
        {
            var difference = Math.Abs(Weighted(delivered, channel) - Weighted(source, channel));
            _differences += difference;
            most = Math.Max(most, difference);
        }

        _changed += most > Noise ? 1 : 0;
    }

    private static int Weighted(ReadOnlySpan<byte> pixel, int channel) => ((pixel[channel] * pixel[3]) + (byte.MaxValue / 2)) / byte.MaxValue;
}
