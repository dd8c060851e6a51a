using System.Text.Json;
using System.Text.Json.Serialization;

namespace MPilot.Jobs.Simulators.Scripting;

/// <summary>The JSON of a script: one rule or a list of them.</summary>
internal static class ScriptText
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static async Task<ScriptRule[]> ReadAsync(Stream body, CancellationToken cancellation)
    {
        using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellation);
        var rules = document.RootElement.ValueKind == JsonValueKind.Array
            ? document.RootElement.Deserialize<ScriptRule[]>(Strict)
            : [document.RootElement.Deserialize<ScriptRule>(Strict)!];
        return rules ?? [];
    }
}
