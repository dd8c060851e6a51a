using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Providers.Settings;

namespace MPilot.Jobs.Providers.Replicate;

/// <summary>Drivers for Replicate.</summary>
internal sealed class ReplicateDriverKind(IProviderHttp http, TimeProvider time) : IDriverKind
{
    private static readonly Uri Replicate = new("https://api.replicate.com/v1");

    /// <summary>Where Replicate keeps what models make.</summary>
    private static readonly string[] DeliveryHosts = ["replicate.delivery", "*.replicate.delivery"];

    public string Kind => "replicate";

    public IReadOnlyList<string> DefaultModels { get; } = ["black-forest-labs/*", "google/nano-banana*", "bria/*", "851-labs/*"];

    public IEnumerable<OptionMistake> Validate(ProviderOptions options) => ProviderRules.Mistakes(options, Replicate, "Replicate");

    public IDriver Create(string provider, ProviderOptions options)
    {
        var baseUrl = options.BaseUrl ?? Replicate;
        var client = http.ClientFor(provider, new(baseUrl, [.. DeliveryHosts, .. options.DownloadHosts]));
        return new ReplicateDriver(client, baseUrl, new(options.Capabilities), time);
    }
}
