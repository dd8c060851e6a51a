using System.Globalization;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace MPilot.Jobs.Imaging.Tests.Inpainting;

/// <summary>Fills holes in photographs and compares with what was there, beside Telea's method.</summary>
public sealed class FillQualityTests(ITestOutputHelper output)
{
    private const int Side = 384;

    [Fact]
    public async Task Inpaint_WhenPhotographsHaveHoles_IsAtLeastAsNearToTheTruthAsTelea()
    {
        List<(double Own, double Telea)> all = [];
        foreach (var name in Photographs.Names)
        {
            var truth = Photographs.Square(name, Side);
            foreach (var shape in Holes.Shapes)
            {
                var hole = Holes.Draw(shape, Side);
                var (picture, mask) = Quality.Spoil(truth, hole);
                var filled = await Editing.InpaintAsync(picture, mask);
                Keep($"{name}-{shape}", picture, filled);
                all.Add((Quality.Psnr(truth, filled, hole), Quality.Psnr(truth, Telea.Fill(picture, hole), hole)));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all[^1].Own,6:0.00} dB  Telea {all[^1].Telea,6:0.00} dB  {shape,-9} {name}"));
            }
        }

        var (own, telea) = (all.Average(pair => pair.Own), all.Average(pair => pair.Telea));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{own,6:0.00} dB  Telea {telea,6:0.00} dB  mean of {all.Count}"));
        own.ShouldBeGreaterThan(telea + 0.25);
    }

    /// <summary>For looking at them: set MPILOT_KEEP_FILLS to a folder.</summary>
    private static void Keep(string name, Pixels picture, Pixels filled)
    {
        if (Environment.GetEnvironmentVariable("MPILOT_KEEP_FILLS") is { Length: > 0 } folder)
        {
            File.WriteAllBytes(Path.Combine(folder, name + "-before.png"), picture.Png());
            File.WriteAllBytes(Path.Combine(folder, name + "-after.png"), filled.Png());
        }
    }
}
