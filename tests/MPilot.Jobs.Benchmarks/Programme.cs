namespace MPilot.Jobs.Benchmarks;

/// <summary>All benchmarks by name. Those that are named run, or all that can everywhere, in this order.</summary>
internal static class Programme
{
    private static readonly (string Name, Func<Stage, Task> RunAsync)[] OnStage =
    [
        ("cpu", CpuBenchmark.RunAsync),
        ("crowd", CrowdBenchmark.RunAsync),
        ("listeners", ListenerBenchmark.RunAsync),
        ("cold-start", ColdStartBenchmark.RunAsync),
    ];

    private static readonly (string Name, Func<Task> RunAsync)[] Alone =
    [
        ("pictures", PicturesBenchmark.RunAsync),
        ("stores", StoreBenchmark.RunAsync),
    ];

    /// <summary>Runs only if it is named: it needs the silo, which is not built everywhere.</summary>
    private static readonly (string Name, Func<Task> RunAsync)[] Named =
    [
        ("cluster", ClusterBenchmark.RunAsync),
    ];

    /// <summary>0, or 2 where a name is unknown.</summary>
    public static async Task<int> RunAsync(string[] names)
    {
        string[] known = [.. OnStage.Select(one => one.Name), .. Alone.Select(one => one.Name), .. Named.Select(one => one.Name)];
        if (names.Except(known).ToList() is { Count: > 0 } unknown)
        {
            await Console.Error.WriteLineAsync($"no benchmark is named {string.Join(", ", unknown)}; there are: {string.Join(", ", known)}");
            return 2;
        }

        bool Wanted(string name) => names.Length == 0 || names.Contains(name);
        await RunOnStageAsync([.. OnStage.Where(one => Wanted(one.Name)).Select(one => one.RunAsync)]);
        foreach (var (_, runAsync) in Alone.Where(one => Wanted(one.Name)).Concat(Named.Where(one => names.Contains(one.Name))))
        {
            await runAsync();
        }

        return 0;
    }

    private static async Task RunOnStageAsync(Func<Stage, Task>[] benchmarks)
    {
        if (benchmarks.Length == 0)
        {
            return;
        }

        await using var stage = await Stage.SetAsync();
        foreach (var runAsync in benchmarks)
        {
            await runAsync(stage);
        }
    }
}
