using System.Text;
using System.Text.Json;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>An answer, read whole.</summary>
public sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public JsonElement Error => Json.GetProperty("error");

    public string? Code => Error.GetProperty("code").GetString();

    public string? Param => Error.TryGetProperty("param", out var param) ? param.GetString() : null;

    /// <summary>All mistakes as <c>code:param</c>.</summary>
    public IReadOnlyList<string> Mistakes
        => [.. Error.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("code").GetString()}:{e.GetProperty("param").GetString()}")];

    /// <summary>A header, or <c>null</c>.</summary>
    public string? this[string header] => Headers.GetValueOrDefault(header);
}
