using MPilot.Jobs.Api.Json;

namespace MPilot.Jobs.Api.Documentation;

/// <summary>What bodies are called in the document.</summary>
internal static class BodyNames
{
    private const string Suffix = "Body";

    /// <summary>The record's name without its suffix; a page is a list of what is on it.</summary>
    public static string Of(Type type) => type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(PageBody<>)
        ? Of(type.GetGenericArguments()[0]) + "List"
        : Plain(type);

    private static string Plain(Type type) => type.Name.EndsWith(Suffix, StringComparison.Ordinal) ? type.Name[..^Suffix.Length] : type.Name;
}
