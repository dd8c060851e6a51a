using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>Four channels of one byte in one word: red, green, blue and how rough the surroundings are.</summary>
internal static class Colour
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Unpack(uint packed)
    {
        var words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(packed).AsByte());
        return Vector128.ConvertToSingle(Vector128.WidenLower(words).AsInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Pack(Vector128<float> channels)
    {
        var rounded = Vector128.ConvertToInt32(Vector128.Min(Vector128.Max(channels, Vector128<float>.Zero), Vector128.Create(255f)) + Vector128.Create(0.5f));
        return (uint)(rounded[0] | (rounded[1] << 8) | (rounded[2] << 16) | (rounded[3] << 24));
    }
}
