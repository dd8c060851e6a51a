using System.Globalization;
using MPilot.Jobs.Imaging.Tests.Kit.BackgroundRemoval;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace MPilot.Jobs.Imaging.Tests.BackgroundRemoval;

/// <summary>Cuts subjects of known mattes out of noisy, compressed pictures and compares.</summary>
public sealed class CutQualityTests(ITestOutputHelper output)
{
    private const int Side = 480;
    private const double LeastOverlap = 0.95;
    private const double MostHalo = 26;

    /// <summary>Strands are thinner than the blur of lens and compression: more of their colour is lost.</summary>
    private const double MostHaloOfStrands = 45;

    [Fact]
    public async Task RemoveBackground_WhenSubjectIsPhotographed_FindsItsMatte()
        => await CompareAsync(Textures.Photographs.Select(piece => (piece.File, Textures.Photograph(piece, Side))));

    [Fact]
    public async Task RemoveBackground_WhenSubjectIsDrawn_FindsItsMatte()
        => await CompareAsync(Textures.Drawn.Keys.Select(name => (name, Textures.Draw(name, Side))));

    private async Task CompareAsync(IEnumerable<(string Name, Pixels Texture)> subjects)
    {
        List<string> poor = [];
        var index = 0;
        foreach (var (name, texture) in subjects)
        {
            foreach (var (backdropName, backdrop) in Backdrops.Kinds)
            {
                // A spot of light that is only seen through a hole cannot be told from a subject, so no ring there.
                var shape = Mattes.Shapes.Keys.ElementAt(index++ % Mattes.Shapes.Count);
                shape = (shape, backdropName) is ("ring", "blue spot") ? "blob" : shape;
                var scene = new Scene(texture, Mattes.Draw(Mattes.Shapes[shape], Side), backdrop);
                var photograph = scene.Photograph();
                var encoded = await Cutting.CutAsync(photograph);
                Keep($"{Path.GetFileNameWithoutExtension(name)}-{backdropName}-{shape}", photograph, encoded);
                var cut = Pixels.Decode(encoded);
                var (overlap, halo) = (scene.Overlap(cut), scene.HaloOverMagenta(cut));
                var row = string.Create(CultureInfo.InvariantCulture, $"{overlap:0.0000}  halo {halo,5:0.0}  {shape,-7} {backdropName,-15} {name}");
                output.WriteLine(row);
                if (overlap < LeastOverlap || halo > (shape == "hair" ? MostHaloOfStrands : MostHalo))
                {
                    poor.Add(row);
                }
            }
        }

        index.ShouldBeGreaterThan(0);
        poor.ShouldBeEmpty();
    }

    /// <summary>For looking at them: set MPILOT_KEEP_CUTS to a folder.</summary>
    private static void Keep(string name, byte[] photograph, byte[] cut)
    {
        if (Environment.GetEnvironmentVariable("MPILOT_KEEP_CUTS") is { Length: > 0 } folder)
        {
            File.WriteAllBytes(Path.Combine(folder, name + ".jpg"), photograph);
            File.WriteAllBytes(Path.Combine(folder, name + ".png"), cut);
        }
    }
}
