using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;

namespace MPilot.Jobs.Api.Tests.Support;

/// <summary>The kind <c>fake</c>, whose drivers only plan.</summary>
internal sealed class FakeDriverKind : IDriverKind
{
    public string Kind => "fake";

    /// <summary>Why the drivers cannot work, by provider.</summary>
    public Dictionary<string, string> Unavailable { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> DefaultModels => ["gpt-image-*"];

    public IEnumerable<OptionMistake> Validate(ProviderOptions options) => [];

    public IDriver Create(string provider, ProviderOptions options) => new FakeDriver(() => Unavailable.GetValueOrDefault(provider));
}
