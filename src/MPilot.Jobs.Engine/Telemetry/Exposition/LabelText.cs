using System.Globalization;
using System.Text;

namespace MPilot.Jobs.Engine.Telemetry.Exposition;

/// <summary>Labels as they are written.</summary>
internal static class LabelText
{
    /// <summary>Longer values are cut: no label is a text.</summary>
    private const int MaxValue = 128;

    /// <summary>In order of their names, each name once: the same labels have the same text, in whatever order they came.</summary>
    public static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in tags)
        {
            labels.TryAdd(PrometheusNames.OfLabel(name), TextOf(value));
        }

        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            text.Append(text.Length > 0 ? "," : "").Append(name).Append("=\"").Append(Escaped(value)).Append('"');
        }

        return text.ToString();
    }

    private static string TextOf(object? value)
    {
        var text = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.Length <= MaxValue ? text : text[..MaxValue];
    }

    private static string Escaped(string value)
        => value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
}
