using System.Collections.Immutable;

using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Catalog;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Which values the choices of an edit have: those of the API, and what the models known here have besides, such as new qualities.</summary>
internal sealed class ServedChoices(ProviderCatalog catalog)
{
    private static readonly ImmutableArray<string> Qualities = ["high", "medium", "low", "standard", "hd"];
    private static readonly ImmutableArray<string> Backgrounds = ["transparent", "opaque"];
    private static readonly ImmutableArray<string> Fidelities = ["low", "high"];
    private static readonly ImmutableArray<string> Outputs = ["png", "webp", "jpeg", "jpg"];

    private readonly Lazy<ImmutableArray<ModelCapabilities>> _listed = new(() => [.. catalog.ListModels().Select(m => m.Provider.Driver.Describe(m.Name))]);

    /// <summary>For an edit that may go to these models. Names that mean none add nothing.</summary>
    public EditChoices For(IEnumerable<string> models)
    {
        var steps = models.Select(catalog.Resolve).OfType<ModelResolution.Found>().Select(f => f.Provider.Driver.Describe(f.Model)).ToList();
        return new(
            Values(steps, Qualities, m => m.Qualities),
            Values(steps, Backgrounds, m => m.Backgrounds),
            Values(steps, Fidelities, m => m.Fidelities),
            Values(steps, Outputs, m => m.Outputs));
    }

    private ImmutableArray<string>? Values(List<ModelCapabilities> steps, ImmutableArray<string> own, Func<ModelCapabilities, ImmutableArray<string>?> known)
        => steps.Any(s => known(s) is null) ? null : [.. own.Concat(_listed.Value.Concat(steps).SelectMany(m => known(m) ?? [])).Distinct(StringComparer.Ordinal)];
}
