using System.Text.Json;
using System.Text.Json.Serialization;

namespace MPilot.Jobs.Storage.Json;

/// <summary>Writes an enum by its name in snake_case; a number is not read.</summary>
internal sealed class NamedEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
