using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>OpenTelemetry's own environment variables, for what the configuration leaves open.</summary>
internal static class TelemetryVariables
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string Headers = "OTEL_EXPORTER_OTLP_HEADERS";
    private const string ServiceName = "OTEL_SERVICE_NAME";
    private const string Resource = "OTEL_RESOURCE_ATTRIBUTES";

    private const string PairsMistake = "must be a list of name=value, separated by commas.";

    /// <summary>Fills what is open.</summary>
    /// <returns>What is wrong with the variables that were needed.</returns>
    public static List<OptionMistake> Apply(TelemetryOptions options, Func<string, string?> environment)
    {
        var mistakes = new List<OptionMistake>();
        var otlp = options.Otlp;
        if (otlp.Endpoint is null && environment(Endpoint) is { Length: > 0 } address)
        {
            if (Uri.TryCreate(address, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https")
            {
                otlp.Endpoint = endpoint;
            }
            else
            {
                mistakes.Add(new(Endpoint, "must be an http or https URL."));
            }
        }

        otlp.Protocol ??= NullIfEmpty(environment(Protocol));
        options.ServiceName ??= NullIfEmpty(environment(ServiceName));
        Fill(otlp.Headers, Headers, environment, mistakes);
        Fill(options.ResourceAttributes, Resource, environment, mistakes);
        return mistakes;
    }

    private static string? NullIfEmpty(string? text) => text is { Length: > 0 } ? text : null;

    /// <summary>Values are percent-encoded, as in W3C baggage.</summary>
    private static void Fill(Dictionary<string, string> target, string variable, Func<string, string?> environment, List<OptionMistake> mistakes)
    {
        if (target.Count > 0 || environment(variable) is not { Length: > 0 } text)
        {
            return;
        }

        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (pair.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var split))
            {
                mistakes.Add(new(variable, PairsMistake));
                return;
            }

            target[pair[..split].TrimEnd()] = Uri.UnescapeDataString(pair[(split + 1)..].TrimStart());
        }
    }
}
