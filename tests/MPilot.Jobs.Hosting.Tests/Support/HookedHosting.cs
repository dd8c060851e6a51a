using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting.Tests.Support;

/// <summary>The one-process engine, and a hand in the collection it is added to.</summary>
internal sealed class HookedHosting(Action<IServiceCollection, MPilotOptions> add) : IEngineHosting
{
    public bool IsAlone => true;

    public bool AnswersCalls(MPilotOptions options) => true;

    public IEnumerable<OptionMistake> Validate(MPilotOptions options) => [];

    public void Add(IHostApplicationBuilder builder, MPilotOptions options) => add(builder.Services, options);
}
