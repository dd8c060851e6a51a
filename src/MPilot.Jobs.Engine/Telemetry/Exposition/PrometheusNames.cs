using System.Diagnostics.Metrics;
using System.Text;

namespace MPilot.Jobs.Engine.Telemetry.Exposition;

/// <summary>What instruments and labels are called in Prometheus, by the rules OpenTelemetry gives for it.</summary>
internal static class PrometheusNames
{
    private const string Total = "_total";

    /// <summary>Units spelled out; what is counted in braces is none.</summary>
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["s"] = "seconds", ["ms"] = "milliseconds", ["By"] = "bytes", ["%"] = "percent",
    };

    /// <summary>The name of an instrument's family: its unit behind it, and <c>_total</c> behind that of a counter.</summary>
    public static string Of(Instrument instrument, MetricKind kind)
    {
        var name = Clean(instrument.Name);
        if (name.EndsWith(Total, StringComparison.Ordinal))
        {
            name = name[..^Total.Length];
        }

        if (Units.GetValueOrDefault(instrument.Unit ?? "") is { } unit && !name.EndsWith(unit, StringComparison.Ordinal))
        {
            name = $"{name}_{unit}";
        }

        return kind == MetricKind.Counter ? name + Total : name;
    }

    /// <summary>A label's name.</summary>
    public static string OfLabel(string name) => Clean(name);

    /// <summary>ASCII letters, digits and single underscores, not beginning with a digit.</summary>
    private static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length + 1);
        foreach (var character in name)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                clean.Append(clean.Length == 0 && char.IsAsciiDigit(character) ? "_" : "").Append(character);
            }
            else if (clean.Length == 0 || clean[^1] != '_')
            {
                clean.Append('_');
            }
        }

        return clean.Length == 0 ? "_" : clean.ToString();
    }
}
