using System.IO.Enumeration;

using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>Finds what is wrong with the keys of callers. What it says never holds a secret.</summary>
internal static class KeysValidator
{
    private const int MaxNameLength = 64;
    private const int MinSecretLength = 16;
    private const int MaxSecretLength = 256;

    public static IEnumerable<OptionMistake> Validate(string root, MPilotOptions options)
        => options.Keys.SelectMany((_, index) => Key($"{root}:{index}", options, index));

    private static IEnumerable<OptionMistake> Key(string root, MPilotOptions options, int index)
    {
        var (keys, key) = (options.Keys, options.Keys[index]);
        if (!IsSecret(key.Secret))
        {
            yield return new($"{root}:Secret", $"must be {VirtualKeyOptions.Prefix} and {MinSecretLength} to {MaxSecretLength} letters, digits, _ and -.");
        }
        else if (keys.FindIndex(k => k.Secret == key.Secret) != index)
        {
            yield return new($"{root}:Secret", "is the secret of another key.");
        }

        if (!IsName(key.Tenant))
        {
            yield return new($"{root}:Tenant", $"must be 1 to {MaxNameLength} letters, digits, ., _ and -.");
        }

        if (!IsName(key.NameAt(index)))
        {
            yield return new($"{root}:Name", $"must be 1 to {MaxNameLength} letters, digits, ., _ and -.");
        }
        else if (Enumerable.Range(0, index).Any(i => keys[i].NameAt(i) == key.NameAt(index)))
        {
            yield return new($"{root}:Name", "is the name of another key.");
        }

        foreach (var (pattern, place) in key.Models.Select((pattern, place) => (pattern, place)).Where(m => !CanMatch(m.pattern, options)))
        {
            yield return new($"{root}:Models:{place}", "must be a pattern of provider/model names, such as openai/*, with a configured provider.");
        }
    }

    private static bool CanMatch(string pattern, MPilotOptions options)
    {
        var slash = pattern.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < pattern.Length - 1
            && options.Providers.Keys.Any(p => FileSystemName.MatchesSimpleExpression(pattern.AsSpan(0, slash), p, ignoreCase: false));
    }

    private static bool IsSecret(string secret)
        => secret.StartsWith(VirtualKeyOptions.Prefix, StringComparison.OrdinalIgnoreCase)
            && secret.Length - VirtualKeyOptions.Prefix.Length is >= MinSecretLength and <= MaxSecretLength
            && secret.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static bool IsName(string name)
        => name.Length is > 0 and <= MaxNameLength && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
