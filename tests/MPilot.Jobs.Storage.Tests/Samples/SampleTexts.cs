using System.Collections.Immutable;
using System.Globalization;

namespace MPilot.Jobs.Storage.Tests.Samples;

internal static class SampleTexts
{
    public static ImmutableDictionary<string, string> ToImmutableDictionaryOfTexts(this IEnumerable<int> numbers)
        => numbers.ToImmutableDictionary(n => n.ToString(CultureInfo.InvariantCulture), n => $"value {n}");
}
