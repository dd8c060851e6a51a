using MPilot.Jobs.Imaging.Tests.Kit;

namespace MPilot.Jobs.Benchmarks;

/// <summary>How near fillings of holes in photographs come to what was there, and how long they take, beside OpenCV's Telea.</summary>
internal static class InpaintingTable
{
    private const int Side = 384;
    private const int TimedSide = 1024;

    public static async Task PrintAsync()
    {
        using var rival = OpenCv.Telea();
        Console.WriteLine($"\ninpainting: PSNR in dB, mean of {Holes.Shapes.Length} holes ({string.Join(", ", Holes.Shapes)}) in each photograph of {Side}x{Side}");
        Console.WriteLine($"{"photograph",-36}{"own",8}{"OpenCV",8}{"ahead",8}");
        List<(double Own, double Rival)> all = [];
        foreach (var name in Photographs.Names)
        {
            all.Add(await OneAsync(rival, Photographs.Square(name, Side)));
            Print(name, all[^1]);
        }

        Print("mean", (all.Average(one => one.Own), all.Average(one => one.Rival)));
        Console.WriteLine($"at least as near as OpenCV on {all.Count(one => one.Own >= one.Rival)} of {all.Count}");
        await TimeAsync(rival);
    }

    private static void Print(string name, (double Own, double Rival) psnr)
        => Console.WriteLine($"{name,-36}{psnr.Own,8:F2}{psnr.Rival,8:F2}{psnr.Own - psnr.Rival,8:+0.00;-0.00}");

    private static async Task<(double Own, double Rival)> OneAsync(OpenCv rival, Pixels truth)
    {
        var (own, other) = (0.0, 0.0);
        foreach (var shape in Holes.Shapes)
        {
            var hole = Holes.Draw(shape, Side);
            var (picture, mask) = Quality.Spoil(truth, hole);
            own += Quality.Psnr(truth, await Editing.InpaintAsync(picture, mask), hole) / Holes.Shapes.Length;
            other += Quality.Psnr(truth, (await rival.AnswerAsync(picture.Png(), Quality.White(hole, Side).Png())).Answer, hole) / Holes.Shapes.Length;
        }

        return (own, other);
    }

    /// <summary>Own time is processor time with decoding and encoding, OpenCV's is of the filling alone.</summary>
    private static async Task TimeAsync(OpenCv rival)
    {
        var hole = Holes.Draw("fifteen", TimedSide);
        var (own, other, slowest) = (0.0, 0.0, 0.0);
        foreach (var name in Photographs.Names)
        {
            var (picture, mask) = Quality.Spoil(Photographs.Square(name, TimedSide), hole);
            var (png, maskPng) = (picture.Png(), mask.Png());
            var before = ProcessorTime.Spent;
            await Editing.InpaintAsync(png, maskPng);
            var spent = (ProcessorTime.Spent - before).TotalSeconds;
            (own, slowest) = (own + spent, Math.Max(slowest, spent));
            other += (await rival.AnswerAsync(png, Quality.White(hole, TimedSide).Png())).Time.TotalSeconds;
        }

        var megapixels = Photographs.Names.Length * TimedSide * TimedSide / 1e6;
        Console.WriteLine($"\n{TimedSide}x{TimedSide}, a hole of 15 %, one core: own {own / megapixels:F2} s/MP (slowest picture {slowest:F2} s), OpenCV {other / megapixels:F2} s/MP");
    }
}
