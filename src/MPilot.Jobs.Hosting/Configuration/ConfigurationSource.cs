using System.Text.Json;

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>Where the configuration comes from: a JSON file, then environment variables <c>MPILOT__A__B</c>, then the command line; the last one wins.</summary>
public sealed class ConfigurationSource
{
    /// <summary>The one section the service reads.</summary>
    public const string Section = "MPilot";

    private static readonly string[] KnownRoots = [Section, "Logging"];

    /// <summary>The JSON file, or <c>null</c>.</summary>
    public string? File { get; init; }

    /// <summary>Keys from the command line, such as <c>MPilot:Data</c>.</summary>
    public IReadOnlyDictionary<string, string?> Overrides { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Environment variables by name.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>All sources merged.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read, is not JSON, or has keys that cannot be used.</exception>
    public IConfigurationRoot Build()
    {
        var builder = new ConfigurationBuilder();
        if (File is not null)
        {
            Check(File);
            builder.AddJsonFile(Path.GetFullPath(File), optional: false, reloadOnChange: false);
        }

        var file = builder.Build();
        CheckLevels(file.GetSection("Logging:LogLevel"));
        var prefix = Section.ToUpperInvariant() + "__";
        builder.AddInMemoryCollection(Environment
            .Where(v => v.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(v => KeyValuePair.Create(Spelt(file, v.Key.Split("__")), (string?)v.Value)));
        builder.AddInMemoryCollection(Overrides);
        return builder.Build();
    }

    /// <summary>A key as the file spells it: variables are mostly written in capitals, and must not rename a provider by that.</summary>
    private static string Spelt(IConfiguration file, string[] names)
    {
        var node = file;
        for (var i = 0; i < names.Length; i++)
        {
            var known = node?.GetChildren().FirstOrDefault(c => c.Key.Equals(names[i], StringComparison.OrdinalIgnoreCase));
            names[i] = known?.Key ?? names[i];
            node = known;
        }

        return ConfigurationPath.Combine(names);
    }

    private static void CheckLevels(IConfigurationSection levels)
    {
        var mistakes = levels.GetChildren().Where(l => !Enum.TryParse<LogLevel>(l.Value, ignoreCase: true, out _))
            .Select(l => new OptionMistake(l.Path, $"must be one of {string.Join(", ", Enum.GetNames<LogLevel>())}."))
            .ToList();
        if (mistakes.Count > 0)
        {
            throw new ConfigurationException(mistakes);
        }
    }

    private static void Check(string file)
    {
        var mistakes = new List<OptionMistake>();
        try
        {
            using var stream = System.IO.File.OpenRead(file);
            using var document = JsonDocument.Parse(stream, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            CheckRoot(document.RootElement, mistakes);
            CheckKeys(document.RootElement, "", mistakes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            mistakes.Add(new(file, $"cannot be read: {failure.Message}"));
        }

        if (mistakes.Count > 0)
        {
            throw new ConfigurationException(mistakes);
        }
    }

    private static void CheckRoot(JsonElement root, List<OptionMistake> mistakes)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            mistakes.Add(new(Section, "The file must hold one JSON object with a section MPilot."));
            return;
        }

        mistakes.AddRange(root.EnumerateObject()
            .Where(p => !KnownRoots.Contains(p.Name, StringComparer.OrdinalIgnoreCase))
            .Select(p => new OptionMistake(p.Name, "is not an option; the service reads the section MPilot.")));
    }

    private static void CheckKeys(JsonElement element, string path, List<OptionMistake> mistakes)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
                foreach (var property in element.EnumerateObject())
                {
                    var key = path.Length == 0 ? property.Name : $"{path}:{property.Name}";
                    if (property.Name.Contains(':', StringComparison.Ordinal))
                    {
                        mistakes.Add(new(key, "A key must not contain a colon."));
                    }

                    if (!names.Add(property.Name))
                    {
                        mistakes.Add(new(key, "is given more than once; capitals and small letters are the same here."));
                    }

                    CheckKeys(property.Value, key, mistakes);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (item, index) in element.EnumerateArray().Select((item, index) => (item, index)))
                {
                    CheckKeys(item, $"{path}:{index}", mistakes);
                }

                break;
        }
    }
}
