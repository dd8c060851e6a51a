using System.Collections.Immutable;
using System.IO.Enumeration;

using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Engine.Catalog;

/// <summary>What a provider's models can do: the driver's own rows, changed where the configuration says otherwise.</summary>
/// <param name="known">The driver's rows; the first that matches a model counts.</param>
/// <param name="configured">Changes; the first that matches counts.</param>
public sealed class CapabilityTable(ImmutableArray<ModelCapabilities> known, IReadOnlyList<CapabilityOptions> configured)
{
    /// <summary>The capabilities of a model; none but a prompt edit where no row matches.</summary>
    public ModelCapabilities For(string model)
    {
        var row = known.FirstOrDefault(k => Matches(k.Pattern, model)) ?? new() { Pattern = model };
        return configured.FirstOrDefault(c => Matches(c.Models, model))?.ApplyTo(row) ?? row;
    }

    /// <summary>Whether a model is of a pattern.</summary>
    public static bool Matches(string pattern, string model) => FileSystemName.MatchesSimpleExpression(pattern, model, ignoreCase: false);
}
