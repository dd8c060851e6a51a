using Microsoft.Extensions.Hosting;

using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting;

/// <summary>Where jobs run: in this process, or in a cluster that it is a node of.</summary>
public interface IEngineHosting
{
    /// <summary>Whether this process has to be the only one on its store.</summary>
    bool IsAlone { get; }

    /// <summary>Whether this process answers calls; else it answers only those who watch it.</summary>
    bool AnswersCalls(MPilotOptions options);

    /// <summary>What this engine cannot run by, besides what nobody can.</summary>
    IEnumerable<OptionMistake> Validate(MPilotOptions options);

    /// <summary>Adds the engine. Called before any store is opened, so that it can claim the data.</summary>
    void Add(IHostApplicationBuilder builder, MPilotOptions options);
}
