using System.Globalization;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Tests.Kit.BackgroundRemoval;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace MPilot.Jobs.Imaging.Tests.BackgroundRemoval;

/// <summary>Cuts subjects of known mattes out of scenes that are harder than a plain backdrop, and says how bad the worst stay.</summary>
public sealed class HardCutTests(ITestOutputHelper output)
{
    private const int Side = 480;

    /// <summary>Many colours, one strong colour, a smooth one that is near the backdrop's in places, and grey rock.</summary>
    private static readonly int[] Subjects = [0, 1, 3, 6];

    [Theory]
    [InlineData("linear gradient", 0.95, 0.13)]
    [InlineData("radial gradient", 0.95, 0.13)]
    [InlineData("vignette", 0.95, 0.13)]
    [InlineData("floor and wall", 0.95, 0.13)]
    [InlineData("paper", 0.945, 0.13)]
    [InlineData("cloth", 0.95, 0.13)]
    [InlineData("soft cast shadow", 0.95, 0.13)]
    [InlineData("soft shadow under it", 0.95, 0.13)]
    [InlineData("soft shadow, floor and wall", 0.95, 0.13)]
    [InlineData("two apart", 0.95, 0.13)]
    [InlineData("three, one cut by the frame", 0.95, 0.13)]
    [InlineData("four, one small", 0.95, 0.13)]
    [InlineData("cut by the lower border", 0.95, 0.13)]
    [InlineData("cut by the left border", 0.95, 0.13)]
    [InlineData("cut by two borders", 0.95, 0.18)]
    [InlineData("fur", 0.9, 0.15)]
    [InlineData("motion blur", 0.9, 0.22)]
    public async Task RemoveBackground_WhenSceneIsHard_FindsItsMatte(string kind, double leastOverlap, double mostAlphaError)
        => await CompareAsync(kind, leastOverlap, mostAlphaError);

    /// <summary>What it cannot do well: these bounds are where it stands, not where it should. To refuse some of the four subjects is right, too.</summary>
    [Theory]
    [InlineData("strands", 0.85, 0.12)]
    [InlineData("glossy table", 0.85, 0.13)]
    [InlineData("hard cast shadow", 0.7, 0.3)]
    public async Task RemoveBackground_WhenSceneIsBeyondIt_StaysUsable(string kind, double leastOverlap, double mostAlphaError)
        => await CompareAsync(kind, leastOverlap, mostAlphaError, mostRefused: 2);

    [Fact]
    public async Task RemoveBackground_WhenThereIsNoPlainBackdrop_RefusesInsteadOfEatingTheSubject()
    {
        foreach (var piece in Textures.Photographs.Where(piece => piece.File is "life_by_Aitzol_Berasategi.jpg" or "Dragonfly_by_Bolly.jpg" or "Wine_by_Jakkub_Mede.jpg"))
        {
            var picture = Textures.Photograph(piece, Side).Jpeg(quality: 90);

            var refused = await Should.ThrowAsync<EditImpossibleException>(() => Cutting.CutAsync(picture));

            refused.Message.ShouldContain("not plain enough");
        }
    }

    private async Task CompareAsync(string kind, double leastOverlap, double mostAlphaError, int mostRefused = 0)
    {
        var cuts = await Task.WhenAll(Subjects.Select(index => Task.Run(() => TryCutAsync(kind, Textures.Photographs[index]))));
        cuts.Count(cut => cut is null).ShouldBeLessThanOrEqualTo(mostRefused);
        List<string> poor = [];
        foreach (var (row, overlap, error) in cuts.OfType<(string, double, double)>())
        {
            output.WriteLine(row);
            if (overlap < leastOverlap || error > mostAlphaError)
            {
                poor.Add(row);
            }
        }

        poor.ShouldBeEmpty();
    }

    private static async Task<(string Row, double Overlap, double AlphaError)?> TryCutAsync(string kind, (string File, double Left, double Top) piece)
    {
        try
        {
            return await CutAsync(kind, piece);
        }
        catch (EditImpossibleException)
        {
            return null;
        }
    }

    private static async Task<(string Row, double Overlap, double AlphaError)> CutAsync(string kind, (string File, double Left, double Top) piece)
    {
        var scene = HardScenes.Kinds[kind](Textures.Photograph(piece, Side));
        var cut = Pixels.Decode(await Cutting.CutAsync(scene.Photograph()));
        var (overlap, error) = (scene.Overlap(cut), scene.AlphaError(cut));
        var row = string.Create(CultureInfo.InvariantCulture, $"{overlap:0.0000}  halo {scene.HaloOverMagenta(cut),5:0.0}  alpha error {error:0.000}  {piece.File}");
        return (row, overlap, error);
    }
}
