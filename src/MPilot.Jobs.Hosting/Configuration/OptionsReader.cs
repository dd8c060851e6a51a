using Microsoft.Extensions.Configuration;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>Reads <see cref="MPilotOptions"/>, fills in the defaults of a service without a file, and reports all mistakes at once.</summary>
public static class OptionsReader
{
    private const string OpenAiVariable = "OPENAI_API_KEY";
    private const string OpenAi = "openai";

    /// <summary>Fills the options, in place.</summary>
    /// <param name="configuration">All sources merged.</param>
    /// <param name="environment">Looks an environment variable up.</param>
    /// <param name="kinds">The driver kinds a provider may have.</param>
    /// <param name="rules">What else is found wrong, by those who will run by the options; under full keys.</param>
    /// <param name="options">Fresh ones.</param>
    /// <exception cref="ConfigurationException">There are mistakes.</exception>
    public static void Read(
        IConfiguration configuration, Func<string, string?> environment, IReadOnlyCollection<IDriverKind> kinds,
        Func<MPilotOptions, IEnumerable<OptionMistake>> rules, MPilotOptions options)
    {
        var binder = new OptionsBinder(environment);
        binder.Bind(configuration.GetSection(ConfigurationSource.Section), options);
        AddDefaults(options, environment);
        var unusable = TelemetryVariables.Apply(options.Telemetry, environment);

        // What could not be read is a mistake already, whatever the rules say about what stands in for it.
        var mistakes = binder.Mistakes
            .Concat(OptionsValidator.Validate(options, kinds).Concat(rules(options)).Where(found => !binder.Mistakes.Any(unread => Covers(unread.Key, found.Key))))
            .Concat(unusable)
            .Concat(LogLevels.Validate(configuration.GetSection("Logging")))
            .ToList();
        if (mistakes.Count > 0)
        {
            throw new ConfigurationException(mistakes);
        }
    }

    private static bool Covers(string unread, string key)
        => key.StartsWith(unread, StringComparison.OrdinalIgnoreCase) && (key.Length == unread.Length || key[unread.Length] == ':');

    private static void AddDefaults(MPilotOptions options, Func<string, string?> environment)
    {
        if (options.Providers.Count == 0)
        {
            options.Providers["local"] = new() { Kind = "local" };
            if (environment(OpenAiVariable) is { Length: > 0 } secret)
            {
                options.Providers[OpenAi] = new() { Kind = OpenAi, Keys = [new() { Name = "main", Secret = secret }] };
            }
        }

        // Real clients still send the name of a model that is gone upstream.
        if (options.Aliases.Count == 0 && options.Providers.GetValueOrDefault(OpenAi)?.Kind == OpenAi)
        {
            options.Aliases["gpt-image-1"] = "openai/gpt-image-2";
        }
    }
}
