using System.Collections.Frozen;
using System.Text.Json;

namespace MPilot.Jobs.Storage.Json;

/// <summary>The names of an enum's values as columns hold them: those of the JSON.</summary>
internal static class StoredName<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> Names =
        Enum.GetValues<TEnum>().ToFrozenDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));

    private static readonly FrozenDictionary<string, TEnum> Values = Names.ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    public static string Of(TEnum value) => Names[value];

    public static TEnum Parse(string name) => Values[name];
}
