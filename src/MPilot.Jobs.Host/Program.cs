using MPilot.Jobs.Engine.Embedded;
using MPilot.Jobs.Hosting;

return await JobsHost.RunAsync(args, EmbeddedEngineServices.AddEmbeddedEngine);
