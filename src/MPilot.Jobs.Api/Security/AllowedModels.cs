using System.IO.Enumeration;

namespace MPilot.Jobs.Api.Security;

/// <summary>Which models a caller may use.</summary>
/// <param name="patterns">Patterns of <c>provider/model</c>; none: all.</param>
internal sealed class AllowedModels(IReadOnlyList<string> patterns)
{
    public static readonly AllowedModels All = new([]);

    public bool Has(string provider, string model) => patterns.Count == 0 || patterns.Any(p => Matches(p, $"{provider}/{model}"));

    /// <summary>Whether there may be a model of the provider among them.</summary>
    public bool HasProvider(string provider)
        => patterns.Count == 0 || patterns.Any(p => Matches(p.AsSpan(0, p.IndexOf('/', StringComparison.Ordinal)), provider));

    private static bool Matches(ReadOnlySpan<char> pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
