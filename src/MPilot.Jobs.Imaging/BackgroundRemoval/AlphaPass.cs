using System.Numerics;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Writes the transparency into the full picture, row by row: clear outside, untouched inside, and around the edge
/// as much of the subject as the pixel shows, with the backdrop's part taken out of its colour.</summary>
internal static class AlphaPass
{
    private const int SubjectnessPlane = 0;
    private const int BackPlanes = 1;
    private const int FrontPlanes = 4;

    /// <summary>Below this contrast between subject and backdrop the edge's shape is trusted more than its colours.</summary>
    private const float LowContrast = 40;

    public static void Apply(PixelRows rows, EdgeColours colours, CancellationToken cancellationToken)
    {
        using var sampler = new RowSampler([colours.Subjectness, .. colours.Back, .. colours.Front], rows.Width, rows.Height);
        var noise = EdgeNoise.Measure(rows, sampler);
        for (var y = 0; y < rows.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sampler.GoTo(y);
            Row(rows[y], sampler, noise);
        }
    }

    public static Vector3 BackAt(RowSampler sampler, (int From, float Part) column) => ColourAt(sampler, BackPlanes, column);

    private static Vector3 ColourAt(RowSampler sampler, int plane, (int From, float Part) column)
        => new(sampler.At(plane, column), sampler.At(plane + 1, column), sampler.At(plane + 2, column));

    private static void Row(Span<byte> row, RowSampler sampler, float noise)
    {
        for (var x = 0; x < row.Length / 4; x++)
        {
            var column = sampler.Column(x);
            var subjectness = sampler.At(SubjectnessPlane, column);
            var pixel = row.Slice(x * 4, 4);
            if (subjectness <= 0.001f)
            {
                pixel.Clear();
            }
            else if (subjectness < 0.999f)
            {
                Edge(pixel, subjectness, (BackAt(sampler, column), ColourAt(sampler, FrontPlanes, column), noise));
            }
        }
    }

    private static void Edge(Span<byte> pixel, float subjectness, (Vector3 Back, Vector3 Front, float Noise) known)
    {
        var seen = new Vector3(pixel[0], pixel[1], pixel[2]);
        var alpha = Alpha(seen, subjectness, known);
        if (alpha <= 0.004f)
        {
            pixel.Clear();
            return;
        }

        // The colour whose mixture with the backdrop is what is seen; where little of it shows, the colour of the subject nearby.
        var unmixed = Vector3.Clamp(known.Back + ((seen - known.Back) / alpha), Vector3.Zero, new(255));
        var colour = Vector3.Lerp(known.Front, unmixed, Smooth(alpha, 0.1f, 0.7f));
        (pixel[0], pixel[1], pixel[2]) = (Byte(colour.X), Byte(colour.Y), Byte(colour.Z));
        pixel[3] = Byte(alpha * pixel[3]);
    }

    private static float Alpha(Vector3 seen, float subjectness, (Vector3 Back, Vector3 Front, float Noise) known)
    {
        var contrast = Vector3.Distance(known.Front, known.Back);
        var away = MathF.Sqrt(Math.Max(0, Vector3.DistanceSquared(seen, known.Back) - (known.Noise * known.Noise)));
        var byColour = Math.Clamp(away / Math.Max(1, contrast), 0, 1);

        // A weak difference that points away from the subject's colour is the halo of a sharpened edge, not the subject.
        var towards = Vector3.Dot(seen - known.Back, known.Front - known.Back) / Math.Max(1, contrast * Vector3.Distance(seen, known.Back));
        byColour *= Math.Max(Smooth(byColour, 0.3f, 0.6f), Smooth(towards, -0.2f, 0.4f));
        var byShape = Smooth(subjectness, 0.25f, 0.75f);
        var alpha = byShape + ((byColour - byShape) * Smooth(contrast, known.Noise * 2, LowContrast + (known.Noise * 2)));
        return Math.Clamp(alpha, Smooth(subjectness, 0.7f, 1), Smooth(subjectness, 0, 0.2f));
    }

    private static float Smooth(float value, float from, float to)
    {
        var part = Math.Clamp((value - from) / (to - from), 0, 1);
        return part * part * (3 - (2 * part));
    }

    private static byte Byte(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}
