using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>Squares of pixels, named by their top left one, and how much they differ: the sum of squared differences of all channels.</summary>
internal static class Patch
{
    public const int Side = 7;
    public const int Radius = Side / 2;

    /// <summary>Rows compared before it is asked whether going on is worth while.</summary>
    private const int FirstRows = 3;

    /// <summary>A row is read as eight pixels; the eighth is not of the patch.</summary>
    private static Vector256<byte> OwnPixels => Vector256.Create(-1, -1, -1, -1, -1, -1, -1, 0).AsByte();

    /// <summary>Their difference, or something at least as large as the limit.</summary>
    // The hottest loops are compiled in full at once: the first edit must not wait for the runtime to notice them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Difference(ref uint one, ref uint other, int stride, int limit)
    {
        var sum = Vector256<int>.Zero;
        for (var y = 0; y < FirstRows; y++)
        {
            sum += Squares(Row(ref one, y * stride), Row(ref other, y * stride));
        }

        var soFar = Vector256.Sum(sum);
        if (soFar >= limit)
        {
            return soFar;
        }

        sum = Vector256<int>.Zero;
        for (var y = FirstRows; y < Side; y++)
        {
            sum += Squares(Row(ref one, y * stride), Row(ref other, y * stride));
        }

        return soFar + Vector256.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Row(ref uint first, int offset) => Vector256.LoadUnsafe(ref Unsafe.Add(ref first, offset)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Squares(Vector256<byte> one, Vector256<byte> other)
    {
        var difference = (Vector256.Max(one, other) - Vector256.Min(one, other)) & OwnPixels;
        var (low, high) = Vector256.Widen(difference);
        if (Avx2.IsSupported)
        {
            return Avx2.MultiplyAddAdjacent(low.AsInt16(), low.AsInt16()) + Avx2.MultiplyAddAdjacent(high.AsInt16(), high.AsInt16());
        }

        var (first, second) = Vector256.Widen(low * low);
        var (third, fourth) = Vector256.Widen(high * high);
        return (first + second + third + fourth).AsInt32();
    }
}
