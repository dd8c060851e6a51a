namespace MPilot.Jobs.Benchmarks;

/// <summary>Processor time and latency added to one edit of 1 MB in and 1.5 MB of base64 out, beside nginx carrying the same bytes.</summary>
internal static class CpuBenchmark
{
    private const int Edits = 300;
    private const int Warmup = 600;
    private const int Concurrency = 4;
    private const int UploadBytes = 1 << 20;
    private const int PictureBytes = 1_150_000;

    public static async Task RunAsync(Stage stage)
    {
        await SimulatorScript.AnswerAsync(stage.Simulator.Address, PictureBytes, delayMs: 0);
        var picture = BenchPictures.Noise(UploadBytes);
        Console.WriteLine($"\n{Edits} edits, {Concurrency} at a time, 1 MB in, 1.5 MB of base64 out, instant provider, after {Warmup} to warm up");
        Console.WriteLine($"{"through",-10}{"p50 ms",10}{"p99 ms",10}{"added p50",11}{"added p99",11}{"CPU ms/edit",13}");
        var direct = await MeasureAsync("direct", stage.Simulator, stage.Simulator.Address, picture, null);
        await MeasureAsync("nginx", stage.Nginx, stage.Nginx.Address, picture, direct);
        await MeasureAsync("service", stage.Service, stage.Service.Address, picture, direct);
    }

    private static async Task<TimeSpan[]> MeasureAsync(string name, Participant measured, Uri target, byte[] picture, TimeSpan[]? direct)
    {
        using var load = new Load(picture, "gpt-image-2");
        await load.RunAsync(target, Warmup, Concurrency);
        var before = measured.Cpu;
        var latencies = await load.RunAsync(target, Edits, Concurrency);
        var cpu = (measured.Cpu - before).TotalMilliseconds / Edits;
        var (p50, p99) = (Percentile.Of(latencies, 0.5), Percentile.Of(latencies, 0.99));
        var added = direct is null ? $"{"",11}{"",11}" : $"{p50 - Percentile.Of(direct, 0.5),11:F1}{p99 - Percentile.Of(direct, 0.99),11:F1}";
        Console.WriteLine($"{name,-10}{p50,10:F1}{p99,10:F1}{added}{cpu,13:F2}");
        return latencies;
    }
}
