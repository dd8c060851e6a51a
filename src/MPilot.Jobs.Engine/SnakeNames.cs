using System.Collections.Frozen;
using System.Text.Json;

namespace MPilot.Jobs.Engine;

/// <summary>The names of an enum's values as machines read them: in snake_case.</summary>
public static class SnakeNames
{
    /// <summary>Every value with its name.</summary>
    public static FrozenDictionary<TEnum, string> All<TEnum>()
        where TEnum : struct, Enum
        => Names<TEnum>.All;

    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum
        => Names<TEnum>.All[value];

    private static class Names<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly FrozenDictionary<TEnum, string> All =
            Enum.GetValues<TEnum>().ToFrozenDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));
    }
}
