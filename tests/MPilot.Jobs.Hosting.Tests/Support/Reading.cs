using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Hosting.Configuration;
using MPilot.Jobs.Imaging;
using MPilot.Jobs.Providers;

using Shouldly;

namespace MPilot.Jobs.Hosting.Tests.Support;

/// <summary>Reads configurations as the service does, with the drivers it has.</summary>
internal static class Reading
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    private static readonly List<IDriverKind> Kinds =
    [
        .. new ServiceCollection().AddSingleton(TimeProvider.System).AddProviders().AddImaging(new()).BuildServiceProvider().GetServices<IDriverKind>(),
    ];

    /// <summary>The options of a source.</summary>
    public static MPilotOptions From(ConfigurationSource source)
    {
        var options = new MPilotOptions();
        OptionsReader.Read(source.Build(), name => source.Environment.GetValueOrDefault(name), Kinds, _ => [], options);
        return options;
    }

    /// <summary>The options of a file with this text, or of no file.</summary>
    public static MPilotOptions Read(
        string? json, IReadOnlyDictionary<string, string>? environment = null, IReadOnlyDictionary<string, string?>? overrides = null)
    {
        using var workspace = new Workspace();
        var file = json is null ? null : workspace.Write("mpilot.json", json);
        return From(new ConfigurationSource { File = file, Environment = environment ?? Nothing, Overrides = overrides ?? new Dictionary<string, string?>() });
    }

    /// <summary>The same for the section alone.</summary>
    public static MPilotOptions ReadSection(string section, IReadOnlyDictionary<string, string>? environment = null)
        => Read($$"""{"MPilot":{{section}}}""", environment);

    /// <summary>The mistakes in the section.</summary>
    public static IReadOnlyList<OptionMistake> MistakesIn(string section, IReadOnlyDictionary<string, string>? environment = null)
        => Should.Throw<ConfigurationException>(() => ReadSection(section, environment)).Mistakes;
}
