using Microsoft.Extensions.Hosting;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Embedded;

namespace MPilot.Jobs.Hosting;

/// <summary>The one-process service: who holds the data directory.</summary>
public sealed class EmbeddedHosting : IEngineHosting
{
    public bool IsAlone => true;

    public bool AnswersCalls(MPilotOptions options) => true;

    public IEnumerable<OptionMistake> Validate(MPilotOptions options) => [];

    public void Add(IHostApplicationBuilder builder, MPilotOptions options) => builder.Services.AddEmbeddedEngine(options);
}
