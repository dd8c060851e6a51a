namespace MPilot.Jobs.Benchmarks;

/// <summary>From starting the process on an empty data directory to the first edit answered.</summary>
internal static class ColdStartBenchmark
{
    private const int Starts = 5;

    public static async Task RunAsync(Stage stage)
    {
        await SimulatorScript.AnswerAsync(stage.Simulator.Address, pictureBytes: 10_000, delayMs: 0);
        var picture = BenchPictures.Noise(30_000);
        var times = new TimeSpan[Starts];
        for (var i = 0; i < Starts; i++)
        {
            using var load = new Load(picture, "gpt-image-2");
            var start = TimeProvider.System.GetTimestamp();
            await using var service = await Stage.StartServiceAsync(stage.Root, $"cold{i}", stage.Simulator.Address);
            await load.RunAsync(service.Address, 1, 1);
            times[i] = TimeProvider.System.GetElapsedTime(start);
        }

        Array.Sort(times);
        Console.WriteLine($"\ncold start to first edit answered, {Starts} starts: p50 {Percentile.Of(times, 0.5):F0} ms, slowest {times[^1].TotalMilliseconds:F0} ms");
    }
}
