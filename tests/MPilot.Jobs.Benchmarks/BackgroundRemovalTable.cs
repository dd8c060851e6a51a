using MPilot.Jobs.Imaging.Tests.Kit;
using MPilot.Jobs.Imaging.Tests.Kit.BackgroundRemoval;

namespace MPilot.Jobs.Benchmarks;

/// <summary>How near cuts come to the true mattes of composed scenes, kind by kind, and how long they take, beside OpenCV's grabCut.</summary>
internal static class BackgroundRemovalTable
{
    private const int Side = 480;
    private const int TimedSide = 1024;

    public static async Task PrintAsync()
    {
        using var rival = OpenCv.GrabCut();
        Console.WriteLine($"\nbackground removal: {Textures.Photographs.Length} subjects in each kind of scene of {Side}x{Side}; overlap (worst), halo and alpha error (means)");
        Console.WriteLine($"{"scene",-30}{"own: overlap",14}{"halo",8}{"alpha",8}{"grabCut: overlap",18}{"halo",8}{"alpha",8}");
        foreach (var (kind, compose) in HardScenes.Kinds)
        {
            List<Cut> own = [];
            List<Cut> other = [];
            foreach (var piece in Textures.Photographs)
            {
                var scene = compose(Textures.Photograph(piece, Side));
                var photograph = scene.Photograph();
                own.Add(Cut.Of(scene, Pixels.Decode(await Cutting.CutAsync(photograph))));
                other.Add(Cut.Of(scene, (await rival.AnswerAsync(photograph)).Answer));
            }

            Console.WriteLine($"{kind,-30}{Row(own, 14)}{Row(other, 18)}");
        }

        await TimeAsync(rival);
    }

    private static string Row(List<Cut> cuts, int width)
        => cuts.Min(cut => cut.Overlap).ToString("F3").PadLeft(width) + $"{cuts.Average(cut => cut.Halo),8:F1}{cuts.Average(cut => cut.AlphaError),8:F3}";

    /// <summary>Own time is processor time with decoding and encoding, OpenCV's is of the cutting alone.</summary>
    private static async Task TimeAsync(OpenCv rival)
    {
        var (slowest, other) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var compose in HardScenes.Kinds.Values)
        {
            var photograph = compose(Textures.Photograph(Textures.Photographs[0], TimedSide)).Photograph();
            var before = ProcessorTime.Spent;
            await Cutting.CutAsync(photograph);
            var spent = ProcessorTime.Spent - before;
            slowest = spent > slowest ? spent : slowest;
            var time = (await rival.AnswerAsync(photograph)).Time;
            other = time > other ? time : other;
        }

        Console.WriteLine($"\n{TimedSide}x{TimedSide}, one core, slowest scene: own {slowest.TotalSeconds:F2} s, grabCut {other.TotalSeconds:F2} s");
    }

    private readonly record struct Cut(double Overlap, double Halo, double AlphaError)
    {
        public static Cut Of(Scene scene, Pixels cut) => new(scene.Overlap(cut), scene.HaloOverMagenta(cut), scene.AlphaError(cut));
    }
}
