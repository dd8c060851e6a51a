using System.Globalization;
using System.Text.RegularExpressions;

using Shouldly;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>Prometheus' text format 0.0.4, read strictly.</summary>
internal static partial class ExpositionRules
{
    /// <summary>Reads a whole exposition.</summary>
    /// <returns>Every sample by its name and labels, as written.</returns>
    public static Dictionary<string, double> Read(string text)
    {
        text.ShouldEndWith("\n");
        var samples = new Dictionary<string, double>(StringComparer.Ordinal);
        var families = new HashSet<string>(StringComparer.Ordinal);
        var (family, type) = ("", "");
        foreach (var line in text[..^1].Split('\n'))
        {
            if (Help().Match(line) is { Success: true } help)
            {
                family = help.Groups["name"].Value;
                families.Add(family).ShouldBeTrue($"{family} stands there twice");
            }
            else if (Type().Match(line) is { Success: true } head)
            {
                head.Groups["name"].Value.ShouldBe(family, line);
                type = head.Groups["type"].Value;
                (type == "counter").ShouldBe(family.EndsWith("_total", StringComparison.Ordinal), line);
            }
            else
            {
                var sample = Sample().Match(line);
                sample.Success.ShouldBeTrue(line);
                string[] names = type == "histogram" ? [$"{family}_bucket", $"{family}_sum", $"{family}_count"] : [family];
                names.ShouldContain(sample.Groups["name"].Value, line);
                samples.TryAdd(sample.Groups["series"].Value, Number(sample.Groups["value"].Value)).ShouldBeTrue($"{line} stands there twice");
            }
        }

        CheckHistograms(samples);
        return samples;
    }

    /// <summary>Buckets rise, and the last one holds all.</summary>
    private static void CheckHistograms(Dictionary<string, double> samples)
    {
        foreach (var buckets in samples.Where(s => Bucket().IsMatch(s.Key)).GroupBy(s => Bucket().Replace(s.Key, CountOf), StringComparer.Ordinal))
        {
            var bounds = buckets.Select(b => Number(Bucket().Match(b.Key).Groups["bound"].Value)).ToList();
            bounds.ShouldBeInOrder();
            buckets.Select(b => b.Value).ShouldBeInOrder();
            bounds[^1].ShouldBe(double.PositiveInfinity, buckets.Key);
            buckets.Last().Value.ShouldBe(samples[buckets.Key], buckets.Key);
        }
    }

    /// <summary>The name and the labels of the count that belongs to a bucket.</summary>
    private static string CountOf(Match bucket)
    {
        var labels = bucket.Groups["labels"].Value.TrimEnd(',');
        return labels.Length > 0 ? $"_count{{{labels}}}" : "_count";
    }

    private static double Number(string text) => text == "+Inf" ? double.PositiveInfinity : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) ([^\\]|\\\\|\\n)*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Help();

    [GeneratedRegex("^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Type();

    [GeneratedRegex("""^(?<series>(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\\\|\\"|\\n)*",?)+(?<!,)\})?) (?<value>\+Inf|NaN|-?[0-9.]+(E[+-]?[0-9]+)?)$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Sample();

    [GeneratedRegex("""_bucket\{(?<labels>.*)le="(?<bound>[^"]+)"\}$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Bucket();
}
