using System.Text.Json;

namespace MPilot.Jobs.Providers.Wire;

/// <summary>Reads members of JSON whose shape nobody promised.</summary>
internal static class JsonMembers
{
    /// <summary>A member of an object; <c>null</c> where there is none, or no object.</summary>
    public static JsonElement? Member(this JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;
}
