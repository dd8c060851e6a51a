using MPilot.Jobs.Fuzz;

return await Programme.RunAsync(args);
