using MPilot.Jobs.Hosting;
using MPilot.Jobs.Silo;

return await JobsHost.RunAsync(args, new ClusterHosting());
