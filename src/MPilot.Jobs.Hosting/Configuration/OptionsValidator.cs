using System.Net;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>Finds everything that is wrong with bound options, each under its full key.</summary>
internal static class OptionsValidator
{
    private const string Root = ConfigurationSource.Section + ":";

    /// <summary>Further ahead than anybody plans, and still a date.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>Well within what a timer can wait.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    public static IEnumerable<OptionMistake> Validate(MPilotOptions options, IReadOnlyCollection<IDriverKind> kinds)
        => options.Providers.SelectMany(p => Provider(p.Key, p.Value, kinds))
            .Concat(Aliases(options))
            .Concat(KeysValidator.Validate($"{Root}Keys", options))
            .Concat(Kinds(options))
            .Concat(Http(options.Http, options.Keys.Count > 0))
            .Concat(BusValidator.Validate($"{Root}Bus", options.Bus))
            .Concat(TelemetryValidator.Validate($"{Root}Telemetry", options.Telemetry))
            .Concat(ClusterValidator.Validate($"{Root}Cluster", options.Cluster))
            .Concat(WebhooksValidator.Validate($"{Root}Webhooks", options.Webhooks))
            .Concat(BucketsValidator.Validate($"{Root}Buckets", options.Buckets))
            .Concat(Limits(options));

    private static IEnumerable<OptionMistake> Provider(string name, ProviderOptions provider, IReadOnlyCollection<IDriverKind> kinds)
    {
        var root = $"{Root}Providers:{name}";
        if (!IsProviderName(name))
        {
            yield return new(root, "A provider's name has letters, digits, _ and - only.");
        }

        var kind = kinds.FirstOrDefault(k => k.Kind == provider.Kind);
        if (kind is null)
        {
            yield return new($"{root}:Kind", $"must be one of {string.Join(", ", kinds.Select(k => k.Kind).Order(StringComparer.Ordinal))}.");
        }

        foreach (var mistake in kind?.Validate(provider) ?? [])
        {
            yield return new($"{root}:{mistake.Key}", mistake.Message);
        }

        foreach (var mistake in Numbers(root, provider).Concat(GatesValidator.Validate(root, provider)).Concat(Keys(root, provider.Keys)).Concat(PricesValidator.Validate($"{root}:Prices", provider.Prices))
                     .Concat(Capabilities($"{root}:Capabilities", provider.Capabilities)))
        {
            yield return mistake;
        }
    }

    private static IEnumerable<OptionMistake> Capabilities(string root, List<CapabilityOptions> rows)
        => rows.SelectMany((row, index) => row.Validate().Select(m => new OptionMistake($"{root}:{index}:{m.Key}", m.Message)));

    private static IEnumerable<OptionMistake> Numbers(string root, ProviderOptions provider)
    {
        if (provider.Timeout <= TimeSpan.Zero || provider.Timeout > TimeSpan.FromDays(1))
        {
            yield return new($"{root}:Timeout", "must be more than 0 and at most one day.");
        }

        if (provider.Retries is < 0 or > 20)
        {
            yield return new($"{root}:Retries", "must be between 0 and 20.");
        }

        if (provider.OnLost is not ("retry" or "fail"))
        {
            yield return new($"{root}:OnLost", "must be retry or fail.");
        }
    }

    private static IEnumerable<OptionMistake> Keys(string root, List<ProviderKeyOptions> keys)
    {
        foreach (var (key, index) in keys.Select((key, index) => (key, index)))
        {
            if (key.Weight is <= 0 or > 1_000_000)
            {
                yield return new($"{root}:Keys:{index}:Weight", "must be more than 0 and at most 1000000.");
            }

            if (key.Name is not null && keys.FindIndex(k => k.Name == key.Name) != index)
            {
                yield return new($"{root}:Keys:{index}:Name", "is used by another key of this provider.");
            }
        }
    }

    private static IEnumerable<OptionMistake> Aliases(MPilotOptions options)
    {
        foreach (var (alias, target) in options.Aliases)
        {
            if (!Targets(options, target))
            {
                yield return new($"{Root}Aliases:{alias}", "must be provider/model with a configured provider.");
            }
        }

        if (options.DefaultModel is { } model && !Targets(options, model))
        {
            yield return new($"{Root}DefaultModel", "must be provider/model with a configured provider.");
        }
    }

    private static bool Targets(MPilotOptions options, string target)
        => target.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            && slash < target.Length - 1
            && options.Providers.ContainsKey(target[..slash]);

    private static IEnumerable<OptionMistake> Kinds(MPilotOptions options)
    {
        foreach (var mistake in StoreValidator.Validate($"{Root}Store", options.Store).Concat(ArtifactsValidator.Validate($"{Root}Artifacts", options.Artifacts)))
        {
            yield return mistake;
        }

        if (options.Currency.Length != 3 || !options.Currency.All(char.IsAsciiLetterUpper))
        {
            yield return new($"{Root}Currency", "must be the three capital letters of a currency, such as USD.");
        }

        if (options.Pictures.Provenance is not ("keep" or "strip"))
        {
            yield return new($"{Root}Pictures:Provenance", "must be keep or strip.");
        }

        if (options.Data.Length == 0)
        {
            yield return new($"{Root}Data", "must name a folder.");
        }
    }

    private static IEnumerable<OptionMistake> Http(HttpOptions http, bool hasKeys)
    {
        if (!Uri.TryCreate(http.Listen, UriKind.Absolute, out var listen) || listen.Scheme != Uri.UriSchemeHttp || !IsBare(listen))
        {
            yield return new($"{Root}Http:Listen", "must be an address such as http://127.0.0.1:8080.");
        }
        else if (!hasKeys && !IsLoopback(listen))
        {
            yield return new($"{Root}Http:Listen", "must be a loopback address: without keys the service serves this machine only.");
        }
        else if (listen.Host != "localhost" && !IPAddress.TryParse(listen.Host.Trim('[', ']'), out _))
        {
            // The server would take any other name for all addresses.
            yield return new($"{Root}Http:Listen", "must name an address, such as 0.0.0.0 for all of this machine.");
        }
        else if (listen is { Port: 0, Host: "localhost" })
        {
            yield return new($"{Root}Http:Listen", "must name 127.0.0.1 or [::1] to take a free port.");
        }

        if (http.PublicBaseUrl is { } url && (url.Scheme is not ("http" or "https") || url.Query.Length + url.Fragment.Length + url.UserInfo.Length > 0))
        {
            yield return new($"{Root}Http:PublicBaseUrl", "must be an http or https URL without user, query or fragment.");
        }

        if (http.DefaultResponseFormat is not ("b64_json" or "url"))
        {
            yield return new($"{Root}Http:DefaultResponseFormat", "must be b64_json or url.");
        }

        foreach (var (origin, index) in http.AllowedOrigins.Select((origin, index) => (origin, index)))
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var parsed) || parsed.GetLeftPart(UriPartial.Authority) != origin)
            {
                yield return new($"{Root}Http:AllowedOrigins:{index}", "must be an origin such as https://shop.example, without a path.");
            }
        }

        foreach (var index in http.FetchPorts.Select((port, index) => port is < 1 or > 65535 ? index : -1).Where(index => index >= 0))
        {
            yield return new($"{Root}Http:FetchPorts:{index}", "must be a port from 1 to 65535.");
        }

        foreach (var (key, time) in new[] { ("FetchHeaderTime", http.FetchHeaderTime), ("FetchTime", http.FetchTime), ("SyncLimit", http.SyncLimit), ("AttachWindow", http.AttachWindow) })
        {
            if (time <= TimeSpan.Zero || time > LongestWait)
            {
                yield return new($"{Root}Http:{key}", "must be more than 0 and at most one day.");
            }
        }
    }

    private static IEnumerable<OptionMistake> Limits(MPilotOptions options)
    {
        (string Key, long Value)[] counts =
        [
            ("Http:MaxBodyBytes", options.Http.MaxBodyBytes), ("Jobs:MaxPicturesInFlight", options.Jobs.MaxPicturesInFlight), ("Pictures:MaxBytes", options.Pictures.MaxBytes),
            ("Pictures:MaxPixels", options.Pictures.MaxPixels), ("Pictures:PixelBudget", options.Pictures.PixelBudget),
        ];
        (string Key, TimeSpan Value)[] times =
        [
            ("Jobs:Deadline", options.Jobs.Deadline), ("Jobs:AsyncDeadline", options.Jobs.AsyncDeadline),
            ("Jobs:RereadInterval", options.Jobs.RereadInterval), ("Retention:Previews", options.Retention.Previews), ("Retention:Ledger", options.Retention.Ledger),
            ("Retention:Results", options.Retention.Results), ("Retention:IdempotencyKeys", options.Retention.IdempotencyKeys),
            ("Retention:Events", options.Retention.Events), ("Retention:Jobs", options.Retention.Jobs), ("Retention:Files", options.Retention.Files),
            ("Retention:Deliveries", options.Retention.Deliveries),
            ("Retention:SweepInterval", options.Retention.SweepInterval),
        ];
        return counts.Where(c => c.Value <= 0).Select(c => new OptionMistake(Root + c.Key, "must be more than 0."))
            .Concat(times.Where(t => t.Value <= TimeSpan.Zero || t.Value > Longest)
                .Select(t => new OptionMistake(Root + t.Key, "must be more than 0 and at most 3650 days.")))
            .Concat(options.Jobs.RereadInterval > LongestWait ? [new OptionMistake($"{Root}Jobs:RereadInterval", "must be at most one day.")] : [])
            .Concat(options.Retention.SweepInterval > LongestWait ? [new OptionMistake($"{Root}Retention:SweepInterval", "must be at most one day.")] : [])
            .Concat(options.Http.DrainBytes < 0 ? [new OptionMistake($"{Root}Http:DrainBytes", "must not be negative.")] : [])
            .Concat(options.Http.DrainTime < TimeSpan.Zero || options.Http.DrainTime > LongestWait
                ? [new OptionMistake($"{Root}Http:DrainTime", "must be at least 0 and at most one day.")]
                : []);
    }

    /// <summary>Nothing but scheme, host and port: the server reads the rest in its own way, a second address after a semicolon included.</summary>
    private static bool IsBare(Uri address) => address.PathAndQuery == "/" && address.Fragment.Length + address.UserInfo.Length == 0;

    private static bool IsLoopback(Uri listen)
        => listen.Host == "localhost" || (IPAddress.TryParse(listen.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsProviderName(string name)
        => name.Length > 0 && name[0] != '-' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
