using System.Buffers;
using System.IO.Enumeration;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;

namespace MPilot.Jobs.Engine.Catalog;

/// <summary>A provider as configured, with its driver.</summary>
/// <param name="Name">The prefix of its models.</param>
/// <param name="Options">Its configuration, keys named.</param>
/// <param name="Driver">Speaks its wire.</param>
/// <param name="Models">Patterns of the bare names it serves.</param>
public sealed record ConfiguredProvider(string Name, ProviderOptions Options, IDriver Driver, IReadOnlyList<string> Models)
{
    private static readonly SearchValues<char> Wildcards = SearchValues.Create("*?\\");

    /// <summary>What it charges.</summary>
    public required ProviderPrices Prices { get; init; }

    /// <summary>The models it is known to serve: those the patterns name in full, and those the driver knows and a pattern matches.</summary>
    public IEnumerable<string> ListModels()
        => Models.Where(p => !p.AsSpan().ContainsAny(Wildcards)).Concat(Driver.KnownModels.Where(Matches)).Where(Driver.Serves).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a bare model name matches one of the patterns.</summary>
    public bool Matches(string model) => Models.Any(p => FileSystemName.MatchesSimpleExpression(p, model, ignoreCase: false));
}
