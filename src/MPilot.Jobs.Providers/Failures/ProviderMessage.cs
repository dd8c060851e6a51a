using System.Text;
using System.Text.RegularExpressions;

namespace MPilot.Jobs.Providers.Failures;

/// <summary>Makes a provider's message fit for callers: no keys, organisations, addresses or hosts, one line, at most 500 characters.</summary>
internal static class ProviderMessage
{
    private const int LongestRead = 4000;
    private const int Longest = 500;

    // Linear in time whatever the text: none of these can be made to backtrack.
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly (Regex Pattern, string Instead)[] Rules =
    [
        (new(@"[a-z][a-z0-9+.\-]{1,15}://[^\s""'<>]+", Linear), "[url]"),
        (new(@"\b(bearer|basic)\s+[a-z0-9._~+/=\-*]{4,}", Linear), "[key]"),
        (new(@"\b(sk|pk|rk|ak)-[a-z0-9_\-*.]{4,}", Linear), "[key]"),
        (new(@"\b[a-f0-9]{32,}\b", Linear), "[key]"),
        (new(@"\b(org|proj|user|acct|req)[\-_][a-z0-9]{6,}", Linear), "[id]"),
        (new(@"\b[a-z0-9._%+\-]+@[a-z0-9.\-]+\b", Linear), "[address]"),
        (new(@"\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b", Linear), "[host]"),
        (new(@"\[?\b([a-f0-9]{1,4}:){2,7}:?[a-f0-9]{1,4}\b\]?(:\d+)?", Linear), "[host]"),
        (new(@"\blocalhost\b(:\d+)?", Linear), "[host]"),
        (new(@"\b([a-z0-9_\-]+\.){2,}[a-z]{2,}\b(:\d+)?", Linear), "[host]"),
        (new(@"\b[a-z0-9\-]+\.(com|net|org|io|ai|dev|app|cloud|co|local|internal|lan|svc|corp|home|test)\b(:\d+)?", Linear), "[host]"),
    ];

    /// <param name="text">As the provider gave it.</param>
    /// <param name="unsayable">Literal texts to take out first: the secret used, the host called. Empty ones are ignored.</param>
    /// <returns><c>null</c> where nothing is left.</returns>
    public static string? Scrub(string? text, params ReadOnlySpan<string> unsayable)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        text = Redact(OneLine(text.Length > LongestRead ? text[..LongestRead] : text), unsayable);
        return text.Length == 0 ? null : Cap(text);
    }

    /// <summary>The same text, whole, without what callers may not see.</summary>
    public static string Redact(string text, params ReadOnlySpan<string> unsayable)
    {
        text = Hide(text, unsayable);
        foreach (var (pattern, instead) in Rules)
        {
            text = pattern.Replace(text, instead);
        }

        return text;
    }

    /// <summary>The same text without some literal ones. Empty ones are ignored.</summary>
    public static string Hide(string text, params ReadOnlySpan<string> unsayable)
    {
        foreach (var literal in unsayable)
        {
            text = literal.Length > 0 ? text.Replace(literal, "[hidden]", StringComparison.OrdinalIgnoreCase) : text;
        }

        return text;
    }

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            line.Append(char.IsControl(character) || char.IsSurrogate(character) ? ' ' : character);
        }

        return line.ToString().Trim();
    }

    private static string Cap(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest - 1), "…");
}
