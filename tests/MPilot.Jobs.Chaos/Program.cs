using MPilot.Jobs.Chaos;

return await Programme.RunAsync(args);
