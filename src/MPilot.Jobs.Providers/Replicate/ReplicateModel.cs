using System.Collections.Immutable;

using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Providers.Replicate;

/// <summary>What the models of a pattern can do, and what they call their inputs.</summary>
/// <param name="Capabilities">What plans are made by.</param>
internal sealed record ReplicateModel(ModelCapabilities Capabilities)
{
    /// <summary>The model's names of our parameters, where they differ. One that ends in <c>[]</c> takes a list.</summary>
    public ImmutableDictionary<string, string> Fields { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What is sent besides when a size is asked for.</summary>
    public ImmutableDictionary<string, string> WithSize { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What is sent when none is.</summary>
    public ImmutableDictionary<string, string> WithoutSize { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What the model calls one of our parameters.</summary>
    public string NameOf(string parameter) => Fields.GetValueOrDefault(parameter, parameter);
}
