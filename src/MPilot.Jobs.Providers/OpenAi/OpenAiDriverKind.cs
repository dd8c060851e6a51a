using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Net;

namespace MPilot.Jobs.Providers.OpenAi;

/// <summary>Drivers for OpenAI and for servers that speak its wire.</summary>
internal sealed class OpenAiDriverKind(IProviderHttp http, TimeProvider time) : IDriverKind
{
    private static readonly Uri OpenAi = new("https://api.openai.com/v1");

    public string Kind => "openai";

    public IReadOnlyList<string> DefaultModels { get; } = ["gpt-image-*"];

    public IEnumerable<OptionMistake> Validate(ProviderOptions options)
    {
        var baseUrl = options.BaseUrl ?? OpenAi;
        if (!baseUrl.IsAbsoluteUri || !IsPlain(baseUrl))
        {
            yield return new("BaseUrl", "Must be an http or https address without user, query or fragment, such as https://api.openai.com/v1.");
        }
        else if (baseUrl.Host == OpenAi.Host && !options.Keys.Exists(k => !string.IsNullOrWhiteSpace(k.Secret)))
        {
            yield return new("Keys", "OpenAI needs at least one key with a Secret.");
        }

        for (var i = 0; i < options.Keys.Count; i++)
        {
            if (options.Keys[i].Secret.AsSpan().ContainsAnyExceptInRange('!', '~'))
            {
                yield return new($"Keys:{i}:Secret", "Must be printable ASCII without spaces or line ends.");
            }
        }

        for (var i = 0; i < options.DownloadHosts.Count; i++)
        {
            if (!IsHost(options.DownloadHosts[i]))
            {
                yield return new($"DownloadHosts:{i}", "Must be a host such as files.example.com, or *.example.com for all below it.");
            }
        }
    }

    public IDriver Create(string provider, ProviderOptions options)
    {
        var baseUrl = options.BaseUrl ?? OpenAi;
        return new OpenAiDriver(http.ClientFor(provider, new(baseUrl, options.DownloadHosts)), baseUrl, new(OpenAiModels.Known, options.Capabilities), time);
    }

    private static bool IsPlain(Uri uri)
        => uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0;

    private static bool IsHost(string text)
        => Uri.CheckHostName(text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text) != UriHostNameType.Unknown;
}
