using System.Numerics;

namespace MPilot.Jobs.Imaging.Tests.Kit.BackgroundRemoval;

/// <summary>A subject of known matte before a backdrop, as a camera would have taken it.</summary>
/// <param name="Texture">What the subject is made of; at least as large as the scene.</param>
/// <param name="Matte">The truth.</param>
/// <param name="Backdrop">What is behind it.</param>
public sealed record Scene(Pixels Texture, float[] Matte, Func<float, float, Vector3> Backdrop)
{
    private const float SensorNoise = 3;

    /// <summary>Composites, adds noise and compresses.</summary>
    public byte[] Photograph()
    {
        var random = new Random(7);
        var picture = new Pixels(Texture.Width, Texture.Height);
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var back = Backdrop((2f * x / picture.Width) - 1, (2f * y / picture.Height) - 1);
                var seen = Vector3.Lerp(back, Front(x, y), Matte[(y * picture.Width) + x]);
                var pixel = picture[x, y];
                for (var channel = 0; channel < 3; channel++)
                {
                    pixel[channel] = (byte)Math.Clamp(seen[channel] + Noise(random) + 0.5f, 0, 255);
                }

                pixel[3] = 255;
            }
        }

        return picture.Jpeg(quality: 90);
    }

    /// <summary>Intersection over union of what shows more than half.</summary>
    public double Overlap(Pixels cut)
    {
        var (both, either) = (0, 0);
        for (var i = 0; i < Matte.Length; i++)
        {
            var (truth, found) = (Matte[i] > 0.5f, cut.Bytes[(i * 4) + 3] > 127);
            both += truth && found ? 1 : 0;
            either += truth || found ? 1 : 0;
        }

        return (double)both / either;
    }

    /// <summary>Mean difference (0..255), at the pixels of the edge, between the cut-out laid over magenta and the true subject laid over magenta.</summary>
    public double HaloOverMagenta(Pixels cut)
    {
        var magenta = new Vector3(255, 0, 255);
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < Matte.Length; i++)
        {
            if (Matte[i] is <= 0.02f or >= 0.98f)
            {
                continue;
            }

            var found = new Vector3(cut.Bytes[i * 4], cut.Bytes[(i * 4) + 1], cut.Bytes[(i * 4) + 2]);
            var truth = Vector3.Lerp(magenta, Front(i % cut.Width, i / cut.Width), Matte[i]);
            sum += Vector3.Distance(Vector3.Lerp(magenta, found, cut.Bytes[(i * 4) + 3] / 255f), truth) / MathF.Sqrt(3);
            count++;
        }

        return sum / Math.Max(1, count);
    }

    /// <summary>Mean difference (0..1) between the alpha found and the true one, at the pixels within two of the edge.</summary>
    public double AlphaError(Pixels cut)
    {
        var side = Mattes.Side(Matte);
        var edge = Mattes.Blurred(Mattes.Blurred([.. Matte.Select(part => part is <= 0.02f or >= 0.98f ? 0f : 1f)], 2, 1), 2, side);
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < Matte.Length; i++)
        {
            var near = edge[i] > 0;
            sum += near ? Math.Abs(Matte[i] - (cut.Bytes[(i * 4) + 3] / 255f)) : 0;
            count += near ? 1 : 0;
        }

        return sum / Math.Max(1, count);
    }

    private Vector3 Front(int x, int y)
    {
        var pixel = Texture[x, y];
        return new(pixel[0], pixel[1], pixel[2]);
    }

    private static float Noise(Random random) => SensorNoise * (random.NextSingle() + random.NextSingle() + random.NextSingle() + random.NextSingle() - 2) * 1.7f;
}
