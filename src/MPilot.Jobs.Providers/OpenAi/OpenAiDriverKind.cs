using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Providers.Settings;

namespace MPilot.Jobs.Providers.OpenAi;

/// <summary>Drivers for OpenAI and for servers that speak its wire.</summary>
internal sealed class OpenAiDriverKind(IProviderHttp http, TimeProvider time) : IDriverKind
{
    private static readonly Uri OpenAi = new("https://api.openai.com/v1");

    public string Kind => "openai";

    public IReadOnlyList<string> DefaultModels { get; } = ["gpt-image-*"];

    public IEnumerable<OptionMistake> Validate(ProviderOptions options)
        => ProviderRules.Mistakes(options, OpenAi, "OpenAI").Concat(ProviderRules.Renamings(options));

    public IDriver Create(string provider, ProviderOptions options)
    {
        var baseUrl = options.BaseUrl ?? OpenAi;
        return new OpenAiDriver(http.ClientFor(provider, new(baseUrl, options.DownloadHosts)), baseUrl, new(OpenAiModels.Known, options.Capabilities), time);
    }
}
