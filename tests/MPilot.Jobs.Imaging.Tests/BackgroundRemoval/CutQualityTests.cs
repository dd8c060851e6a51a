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
        var scenes = subjects.SelectMany(_ => Backdrops.Kinds.Keys, (subject, backdrop) => (subject.Name, subject.Texture, Backdrop: backdrop));
        var cuts = await Task.WhenAll(scenes.Select((scene, index) => Task.Run(() => CutAsync(scene, ShapeFor(index, scene.Backdrop)))));
        cuts.ShouldNotBeEmpty();
        foreach (var (row, _) in cuts)
        {
            output.WriteLine(row);
        }

        cuts.Where(cut => cut.IsPoor).Select(cut => cut.Row).ShouldBeEmpty();
    }

    /// <summary>A spot of light that is only seen through a hole cannot be told from a subject, so no ring there.</summary>
    private static string ShapeFor(int index, string backdrop)
    {
        var shape = Mattes.Shapes.Keys.ElementAt(index % Mattes.Shapes.Count);
        return (shape, backdrop) is ("ring", "blue spot") ? "blob" : shape;
    }

    private static async Task<(string Row, bool IsPoor)> CutAsync((string Name, Pixels Texture, string Backdrop) of, string shape)
    {
        var scene = new Scene(of.Texture, Mattes.Draw(Mattes.Shapes[shape], Side), Backdrops.Kinds[of.Backdrop]);
        var photograph = scene.Photograph();
        var encoded = await Cutting.CutAsync(photograph);
        Keep($"{Path.GetFileNameWithoutExtension(of.Name)}-{of.Backdrop}-{shape}", photograph, encoded);
        var cut = Pixels.Decode(encoded);
        var (overlap, halo) = (scene.Overlap(cut), scene.HaloOverMagenta(cut));
        var row = string.Create(CultureInfo.InvariantCulture, $"{overlap:0.0000}  halo {halo,5:0.0}  {shape,-7} {of.Backdrop,-15} {of.Name}");
        return (row, overlap < LeastOverlap || halo > (shape == "hair" ? MostHaloOfStrands : MostHalo));
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
