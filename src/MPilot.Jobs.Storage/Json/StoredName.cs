using System.Collections.Frozen;

using MPilot.Jobs.Engine;

namespace MPilot.Jobs.Storage.Json;

/// <summary>The names of an enum's values as columns hold them: those of the JSON.</summary>
internal static class StoredName<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<string, TEnum> Values = SnakeNames.All<TEnum>().ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    public static string Of(TEnum value) => SnakeNames.Of(value);

    public static TEnum Parse(string name) => Values[name];
}
