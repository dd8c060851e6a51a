using System.Globalization;
using MPilot.Jobs.Imaging.Tests.Kit.BackgroundRemoval;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace MPilot.Jobs.Imaging.Tests.BackgroundRemoval;

public sealed class HardCutTests(ITestOutputHelper output)
{
    private const int Side = 480;

    public static TheoryData<string> KindNames => [.. HardScenes.Kinds.Keys];

    [Theory]
    [MemberData(nameof(KindNames))]
    public async Task RemoveBackground_WhenSceneIsHard_FindsItsMatte(string kind)
    {
        foreach (var piece in new[] { 0, 1, 3, 6 }.Select(i => Textures.Photographs[i]))
        {
            var scene = HardScenes.Kinds[kind](Textures.Photograph(piece, Side));
            var photograph = scene.Photograph();
            var encoded = await Cutting.CutAsync(photograph);
            var cut = Pixels.Decode(encoded);
            if (Environment.GetEnvironmentVariable("MPILOT_KEEP_CUTS") is { Length: > 0 } folder)
            {
                var name = kind.Replace(' ', '_') + "-" + Path.GetFileNameWithoutExtension(piece.File)[..5] + piece.Left.ToString(CultureInfo.InvariantCulture);
                File.WriteAllBytes(Path.Combine(folder, name + ".jpg"), photograph);
                File.WriteAllBytes(Path.Combine(folder, name + ".png"), encoded);
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ROW {scene.Overlap(cut):0.0000} halo {scene.HaloOverMagenta(cut),5:0.0} alpha {scene.AlphaError(cut):0.000} {kind} | {piece.File}"));
        }

        kind.ShouldNotBeEmpty();
    }
}
