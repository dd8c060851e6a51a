using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Providers.Settings;

/// <summary>What must be true of the configuration of any provider that is called over HTTP.</summary>
internal static class ProviderRules
{
    /// <summary>What is wrong with the address, the keys and the download hosts.</summary>
    /// <param name="options">The provider.</param>
    /// <param name="own">The kind's own address: the default, and the host that needs a key.</param>
    /// <param name="name">What the provider at that address is called.</param>
    public static IEnumerable<OptionMistake> Mistakes(ProviderOptions options, Uri own, string name)
        => Access(options, own, name).Concat(Secrets(options)).Concat(DownloadHosts(options));

    /// <summary>What is wrong where all models have the same names for all parameters.</summary>
    public static IEnumerable<OptionMistake> Renamings(ProviderOptions options)
        => Wrong(options.Capabilities, row => row.Fields.Count == 0)
            .Select(i => new OptionMistake($"Capabilities:{i}:Fields", "Models of this kind have no names of their own."));

    private static IEnumerable<OptionMistake> Access(ProviderOptions options, Uri own, string name)
    {
        var baseUrl = options.BaseUrl ?? own;
        if (!baseUrl.IsAbsoluteUri || !IsPlain(baseUrl))
        {
            yield return new("BaseUrl", $"Must be an http or https address without user, query or fragment, such as {own}.");
        }
        else if (baseUrl.Host == own.Host && !options.Keys.Exists(k => !string.IsNullOrWhiteSpace(k.Secret)))
        {
            yield return new("Keys", $"{name} needs at least one key with a Secret.");
        }
    }

    private static IEnumerable<OptionMistake> Secrets(ProviderOptions options)
        => Wrong(options.Keys, key => !key.Secret.AsSpan().ContainsAnyExceptInRange('!', '~'))
            .Select(i => new OptionMistake($"Keys:{i}:Secret", "Must be printable ASCII without spaces or line ends."));

    private static IEnumerable<OptionMistake> DownloadHosts(ProviderOptions options)
        => Wrong(options.DownloadHosts, IsHost)
            .Select(i => new OptionMistake($"DownloadHosts:{i}", "Must be a host such as files.example.com, or *.example.com for all below it."));

    private static IEnumerable<int> Wrong<T>(List<T> items, Predicate<T> isRight) => Enumerable.Range(0, items.Count).Where(i => !isRight(items[i]));

    private static bool IsPlain(Uri uri)
        => uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0;

    private static bool IsHost(string text)
        => Uri.CheckHostName(text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text) != UriHostNameType.Unknown;
}
