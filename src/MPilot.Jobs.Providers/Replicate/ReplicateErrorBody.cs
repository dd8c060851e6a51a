using System.Text.Json;

using MPilot.Jobs.Providers.Wire;

namespace MPilot.Jobs.Providers.Replicate;

/// <summary>What an error response says, as far as it says anything.</summary>
/// <param name="Title">Such as <c>Input validation failed</c>.</param>
/// <param name="Detail">What exactly.</param>
internal sealed record ReplicateErrorBody(string? Title, string? Detail)
{
    public static readonly ReplicateErrorBody None = new(null, null);

    /// <summary>The exact words, else the general ones.</summary>
    public string? Text => Detail ?? Title;

    /// <summary>Reads a body that may be no JSON at all.</summary>
    public static ReplicateErrorBody Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return new(TextOf(document.RootElement, "title"), TextOf(document.RootElement, "detail") ?? TextOf(document.RootElement, "error"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return None;
        }
    }

    private static string? TextOf(JsonElement root, string name)
        => root.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
