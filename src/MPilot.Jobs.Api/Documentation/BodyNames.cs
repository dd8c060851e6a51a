namespace MPilot.Jobs.Api.Documentation;

/// <summary>What bodies are called in the document.</summary>
internal static class BodyNames
{
    private const string Suffix = "Body";

    /// <summary>The record's name without its suffix.</summary>
    public static string Of(Type type) => type.Name.EndsWith(Suffix, StringComparison.Ordinal) ? type.Name[..^Suffix.Length] : type.Name;
}
