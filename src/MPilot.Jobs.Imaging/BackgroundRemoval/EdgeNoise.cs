using System.Numerics;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Measures how far single pixels of the backdrop stray from its colour in the full picture: sensor noise, grain, compression.</summary>
internal static class EdgeNoise
{
    private const int Samples = 128;
    private const int SubjectnessPlane = 0;
    private const double Quantile = 0.97;

    public static float Measure(PixelRows rows, RowSampler sampler)
    {
        var (stepX, stepY) = (Math.Max(1, rows.Width / Samples), Math.Max(1, rows.Height / Samples));
        List<float> strays = [];
        for (var y = stepY / 2; y < rows.Height; y += stepY)
        {
            sampler.GoTo(y);
            var row = rows[y];
            for (var x = stepX / 2; x < rows.Width; x += stepX)
            {
                var column = sampler.Column(x);
                if (sampler.At(SubjectnessPlane, column) <= 0 && row[(x * 4) + 3] == byte.MaxValue)
                {
                    var seen = new Vector3(row[x * 4], row[(x * 4) + 1], row[(x * 4) + 2]);
                    strays.Add(Vector3.Distance(seen, AlphaPass.BackAt(sampler, column)));
                }
            }
        }

        strays.Sort();
        return strays.Count == 0 ? 0 : Math.Clamp(strays[(int)(strays.Count * Quantile)], 2, 40);
    }
}
