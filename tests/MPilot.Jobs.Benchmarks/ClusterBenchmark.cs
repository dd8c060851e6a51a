using System.Text.Json.Nodes;

using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Benchmarks;

/// <summary>
/// What one edit costs a cluster of one, two and three silos: processor time, transactions, messages. The rival is as many silos apart, which have nothing in
/// common but the machine: more processes on the same cores cost more for each edit, whether they know of each other or not.
/// </summary>
internal static class ClusterBenchmark
{
    /// <summary>So many that the compiler, which every process pays once, is done.</summary>
    private const int WarmupOfEach = 2_000;

    private const int Edits = 3_000;
    private const int Concurrency = 12;
    private const int PictureBytes = 10_000;

    /// <summary>The server tells of transactions this long after them.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(11);

    public static async Task RunAsync()
    {
        Console.WriteLine($"\n{Edits} edits of small pictures, {Concurrency} at a time, spread over all silos, instant provider, after {WarmupOfEach} of each silo to warm up");
        Console.WriteLine(
            $"{"silos",-9}{"edits/s",9}{"CPU ms/edit",13}{"commits/edit",14}{"writes/edit",13}{"messages/edit",15}{"local/edit",12}   idle a second: {"CPU ms",8}{"commits",9}{"messages",10}");
        await MeasureAsync(1, areApart: false);
        for (var silos = 2; silos <= 3; silos++)
        {
            await MeasureAsync(silos, areApart: true);
            await MeasureAsync(silos, areApart: false);
        }
    }

    private static async Task MeasureAsync(int silos, bool areApart)
    {
        await using var server = await PostgresServer.StartAsync();
        await using var simulator = await Participant.StartAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "MPilot.Jobs.Simulators.dll"), "--port", "0"], "listening on ");
        await SimulatorScript.AnswerAsync(simulator.Address, PictureBytes, delayMs: 0);
        await using var cluster = await MeasuredCluster.StartAsync(silos, areApart, server, Providers(simulator.Address));
        using var load = new Load(BenchPictures.Noise(PictureBytes), "gpt-image-2");
        await RunAsync(load, cluster, WarmupOfEach * silos);
        await SettleAsync();
        var before = await cluster.ReadAsync();
        await SettleAsync();
        var idle = (await cluster.ReadAsync()).Since(before);

        before = await cluster.ReadAsync();
        await RunAsync(load, cluster, Edits);
        var took = TimeProvider.System.GetElapsedTime(before.At).TotalSeconds;
        var cpu = (cluster.CpuMs - before.CpuMs) / Edits;
        await SettleAsync();
        var all = (await cluster.ReadAsync()).Since(before);

        // What it does anyway is not the edits'; of the processor it takes a little, which is left in.
        double Each(double busy, double still) => (busy - (still / idle.Seconds * all.Seconds)) / Edits;
        Console.WriteLine(
            $"{(areApart ? $"{silos} apart" : $"{silos}"),-9}{Edits / took,9:F0}{cpu,13:F1}{Each(all.Commits, idle.Commits),14:F1}{Each(all.Writes, idle.Writes),13:F1}"
            + $"{Each(all.Messages, idle.Messages),15:F1}{Each(all.LocalMessages, idle.LocalMessages),12:F1}   {"",15} {idle.CpuMs / idle.Seconds,8:F0}{idle.Commits / idle.Seconds,9:F1}{idle.Messages / idle.Seconds,10:F1}");
    }

    private static Task RunAsync(Load load, MeasuredCluster cluster, int edits)
        => Task.WhenAll(cluster.Addresses.Select(silo => load.RunAsync(silo, edits / cluster.Addresses.Count, Concurrency / cluster.Addresses.Count)));

    private static Task SettleAsync() => Task.Delay(Settling, TimeProvider.System);

    private static JsonObject Providers(Uri simulator) => new()
    {
        ["Providers"] = new JsonObject
        {
            ["openai"] = new JsonObject
            {
                ["Kind"] = "openai",
                ["BaseUrl"] = new Uri(simulator, "v1").ToString(),
                ["Keys"] = new JsonArray(new JsonObject { ["Secret"] = "sk-bench" }),
                ["Concurrency"] = 1000,
            },
        },
    };
}
