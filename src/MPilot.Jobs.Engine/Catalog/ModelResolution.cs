using System.Collections.Immutable;

using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Engine.Catalog;

/// <summary>What a model name means: a closed value.</summary>
public abstract record ModelResolution
{
    private ModelResolution()
    {
    }

    /// <summary>One provider serves it.</summary>
    public sealed record Found(ConfiguredProvider Provider, string Model, PlanWarning? Warning = null) : ModelResolution;

    /// <summary>Several providers' patterns match; the caller must name one of these.</summary>
    public sealed record Ambiguous(ImmutableArray<string> Candidates) : ModelResolution;

    public sealed record Unknown : ModelResolution;
}
