using System.Text.Json;
using System.Text.Json.Serialization;

namespace MPilot.Jobs.Orleans.Messages;

/// <summary>
/// A value of the domain or the engine as JSON between grains: those know nothing of Orleans, and their facts have fixed names already.
/// A member that a node does not know is skipped, one that is missing has its empty value, so that versions may differ while a cluster is renewed.
/// </summary>
[GenerateSerializer]
[Immutable]
[Alias("mpilot.jobs.carried")]
public readonly record struct CarriedMessage([property: Id(0)] string Json)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Packs a value by its declared type, so that a closed set carries its name.</summary>
    public static CarriedMessage Of<T>(T value) => new(JsonSerializer.Serialize(value, Options));

    /// <exception cref="JsonException">This is no such value.</exception>
    public T Read<T>() => JsonSerializer.Deserialize<T>(Json, Options) ?? throw new JsonException($"Not a {typeof(T).Name}.");
}
