using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>Finds what is wrong with the telemetry's options.</summary>
internal static class TelemetryValidator
{
    public static IEnumerable<OptionMistake> Validate(string root, TelemetryOptions options)
    {
        var otlp = options.Otlp;
        if (otlp.Endpoint is { } url && (url.Scheme is not ("http" or "https") || url.Query.Length + url.Fragment.Length + url.UserInfo.Length > 0))
        {
            yield return new($"{root}:Otlp:Endpoint", "must be an http or https URL without user, query or fragment.");
        }

        if (otlp.Protocol is not (null or "http/protobuf" or "grpc"))
        {
            yield return new($"{root}:Otlp:Protocol", "must be http/protobuf or grpc.");
        }

        foreach (var name in otlp.Headers.Keys.Where(n => !n.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')))
        {
            yield return new($"{root}:Otlp:Headers:{name}", "must be named like an HTTP header.");
        }

        foreach (var name in otlp.Headers.Where(h => h.Value.Any(char.IsControl)).Select(h => h.Key))
        {
            yield return new($"{root}:Otlp:Headers:{name}", "must be one line.");
        }
    }
}
