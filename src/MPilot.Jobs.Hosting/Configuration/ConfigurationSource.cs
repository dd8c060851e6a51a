using System.Text.Json;

using Microsoft.Extensions.Configuration;

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
        var file = File is null ? new ConfigurationBuilder().Build() : new ConfigurationBuilder().AddJsonStream(Checked(File)).Build();
        var spelling = file.AsEnumerable().Select(k => k.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var prefix = Section.ToUpperInvariant() + "__";
        var environment = Environment
            .Where(v => v.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(v => KeyValuePair.Create(Spelled(v.Key, spelling), (string?)v.Value));
        return new ConfigurationBuilder()
            .AddInMemoryCollection(file.AsEnumerable())
            .AddInMemoryCollection(environment)
            .AddInMemoryCollection(Overrides)
            .Build();
    }

    /// <summary>
    /// The key of a variable, in upper and lower case as in the file. Sources merge whatever the case, and which spelling wins is chance;
    /// yet names of providers are told apart by it.
    /// </summary>
    private static string Spelled(string variable, HashSet<string> file)
        => variable.Split("__").Aggregate((path, segment) =>
        {
            var longer = ConfigurationPath.Combine(path, segment);
            return file.TryGetValue(longer, out var spelled) ? spelled : longer;
        });

    /// <summary>The text of the file, read once: it may be a pipe.</summary>
    private static MemoryStream Checked(string file)
    {
        var mistakes = new List<OptionMistake>();
        var text = new MemoryStream();
        try
        {
            using var stream = System.IO.File.OpenRead(file);
            stream.CopyTo(text);
            text.Position = 0;
            using var document = JsonDocument.Parse(text, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            CheckRoot(document.RootElement, mistakes);
            CheckKeys(document.RootElement, "", mistakes);
        }
        catch (JsonException failure)
        {
            // The parser's own words may quote the text, and that may be a secret.
            mistakes.Add(new(file, $"is not JSON: line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1}."));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            mistakes.Add(new(file, $"cannot be read: {failure.Message}"));
        }

        if (mistakes.Count > 0)
        {
            throw new ConfigurationException(mistakes);
        }

        text.Position = 0;
        return text;
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
                var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
                foreach (var property in element.EnumerateObject())
                {
                    var key = path.Length == 0 ? property.Name : $"{path}:{property.Name}";
                    if (property.Name.Length == 0 || property.Name.Contains(':', StringComparison.Ordinal))
                    {
                        mistakes.Add(new(key, "A key must not be empty nor contain a colon."));
                    }

                    if (!seen.Add(property.Name))
                    {
                        mistakes.Add(new(key, "stands there twice; upper and lower case are the same."));
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
