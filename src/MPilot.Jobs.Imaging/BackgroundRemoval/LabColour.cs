namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>CIE L*a*b* of sRGB bytes, where distance is close to what an eye sees.</summary>
internal static class LabColour
{
    private static readonly float[] Linear = [.. Enumerable.Range(0, 256).Select(value => ToLinear(value / 255.0))];

    public static (float L, float A, float B) Of(byte red, byte green, byte blue)
    {
        var (r, g, b) = (Linear[red], Linear[green], Linear[blue]);
        var x = Curve(((0.4124564f * r) + (0.3575761f * g) + (0.1804375f * b)) / 0.95047f);
        var y = Curve((0.2126729f * r) + (0.7151522f * g) + (0.0721750f * b));
        var z = Curve(((0.0193339f * r) + (0.1191920f * g) + (0.9503041f * b)) / 1.08883f);
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static float Curve(float value) => value > 0.008856f ? MathF.Cbrt(value) : (7.787f * value) + (16f / 116);

    private static float ToLinear(double value) => (float)(value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4));
}
