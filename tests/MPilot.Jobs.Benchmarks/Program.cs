using MPilot.Jobs.Benchmarks;

return await Programme.RunAsync(args);
