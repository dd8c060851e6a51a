using MPilot.Jobs.Benchmarks;

await using var stage = await Stage.SetAsync();
await CpuBenchmark.RunAsync(stage);
await CrowdBenchmark.RunAsync(stage);
await ListenerBenchmark.RunAsync(stage);
await ColdStartBenchmark.RunAsync(stage);
return 0;
