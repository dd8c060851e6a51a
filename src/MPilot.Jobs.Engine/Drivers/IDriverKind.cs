using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Engine.Drivers;

/// <summary>Makes drivers of one kind from configuration.</summary>
public interface IDriverKind
{
    /// <summary>The value of <c>Kind</c> in a provider's configuration, such as <c>openai</c>.</summary>
    string Kind { get; }

    /// <summary>Model patterns served when the configuration names none.</summary>
    IReadOnlyList<string> DefaultModels { get; }

    /// <summary>What is wrong with a provider's configuration: option name and what it should be. Empty when all is well.</summary>
    IEnumerable<OptionMistake> Validate(ProviderOptions options);

    /// <summary>A driver for one configured provider.</summary>
    IDriver Create(string provider, ProviderOptions options);
}
