using System.Collections.Concurrent;
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
        ConcurrentBag<(double Own, double Telea)> all = [];
        await Parallel.ForEachAsync(Photographs.Names, async (name, _) =>
        {
            var truth = Photographs.Square(name, Side);
            foreach (var shape in Holes.Shapes)
            {
                all.Add(await FillAsync($"{name}-{shape}", truth, Holes.Draw(shape, Side)));
            }
        });

        var (own, telea) = (all.Average(pair => pair.Own), all.Average(pair => pair.Telea));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{own,6:0.00} dB  Telea {telea,6:0.00} dB  mean of {all.Count}"));
        own.ShouldBeGreaterThan(telea + 0.25);
    }

    private async Task<(double Own, double Telea)> FillAsync(string name, Pixels truth, bool[] hole)
    {
        var (picture, mask) = Quality.Spoil(truth, hole);
        var filled = await Editing.InpaintAsync(picture, mask);
        Keep(name, picture, filled);
        var (own, telea) = (Quality.Psnr(truth, filled, hole), Quality.Psnr(truth, Telea.Fill(picture, hole), hole));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{own,6:0.00} dB  Telea {telea,6:0.00} dB  {name}"));
        return (own, telea);
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
