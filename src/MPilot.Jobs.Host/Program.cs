using MPilot.Jobs.Hosting;

return await JobsHost.RunAsync(args, new EmbeddedHosting());
