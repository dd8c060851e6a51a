namespace MPilot.Jobs.Benchmarks;

/// <summary>Many large edits at once: memory over idle, latency and processor time, beside nginx carrying the same bytes.</summary>
internal static class CrowdBenchmark
{
    private const int Crowd = 200;
    private const int UploadBytes = 10 << 20;
    private const int PictureBytes = 1_150_000;
    private const int ProviderMs = 5_000;

    public static async Task RunAsync(Stage stage)
    {
        await SimulatorScript.AnswerAsync(stage.Simulator.Address, PictureBytes, ProviderMs);
        var picture = BenchPictures.Noise(UploadBytes);
        Console.WriteLine($"\n{Crowd} concurrent edits of 10 MB, twice, provider takes {ProviderMs} ms after the upload");
        Console.WriteLine($"{"through",-10}{"p50 ms",10}{"p99 ms",10}{"added p50",11}{"added p99",11}{"CPU ms/edit",13}{"idle MB",9}{"peak MB",9}{"over idle",11}");
        var direct = await MeasureAsync("direct", stage.Simulator, picture, null);
        await MeasureAsync("nginx", stage.Nginx, picture, direct);
        await MeasureAsync("service", stage.Service, picture, direct);
    }

    private static async Task<TimeSpan[]> MeasureAsync(string name, Participant measured, byte[] picture, TimeSpan[]? direct)
    {
        using var load = new Load(picture, "gpt-image-2");
        var (cpu, idle) = (measured.Cpu, measured.Resident);
        using var done = new CancellationTokenSource();
        var peak = PeakAsync(measured, done.Token);
        var latencies = await load.RunAsync(measured.Address, Crowd * 2, Crowd);
        await done.CancelAsync();
        var spent = (measured.Cpu - cpu).TotalMilliseconds / (Crowd * 2);
        var (p50, p99) = (Percentile.Of(latencies, 0.5), Percentile.Of(latencies, 0.99));
        var added = direct is null ? $"{"",11}{"",11}" : $"{p50 - Percentile.Of(direct, 0.5),11:F0}{p99 - Percentile.Of(direct, 0.99),11:F0}";
        var (from, to) = (idle / 1e6, await peak / 1e6);
        Console.WriteLine($"{name,-10}{p50,10:F0}{p99,10:F0}{added}{spent,13:F1}{from,9:F0}{to,9:F0}{to - from,11:F0}");
        return latencies;
    }

    private static async Task<long> PeakAsync(Participant measured, CancellationToken done)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var peak = measured.Resident;
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                peak = Math.Max(peak, measured.Resident);
            }
        }
        catch (OperationCanceledException)
        {
            // The load has ended.
        }

        return peak;
    }
}
