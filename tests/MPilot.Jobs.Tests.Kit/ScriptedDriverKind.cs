using System.Collections.Concurrent;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>Scripted providers by name, the same ones for every process.</summary>
public sealed class ScriptedDriverKind(string kind = ScriptedDriverKind.Name) : IDriverKind
{
    public const string Name = "scripted";

    private readonly ConcurrentDictionary<string, ScriptedDriver> _drivers = new(StringComparer.Ordinal);

    public string Kind { get; } = kind;

    public IReadOnlyList<string> DefaultModels { get; init; } = [];

    public ScriptedDriver this[string provider] => _drivers.GetOrAdd(provider, p => new ScriptedDriver(p));

    public IEnumerable<OptionMistake> Validate(ProviderOptions options) => [];

    public IDriver Create(string provider, ProviderOptions options) => this[provider];
}
