using System.Globalization;
using System.Text;

namespace MPilot.Jobs.Engine.Telemetry.Exposition;

/// <summary>Writes families in Prometheus' text format 0.0.4.</summary>
internal sealed class PrometheusText
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds a family, if it has any series.</summary>
    public void Add(MetricFamily family)
    {
        var start = _text.Length;
        family.Visit(series => Add(family, series));
        if (_text.Length > start)
        {
            _text.Insert(start, Head(family));
        }
    }

    public override string ToString() => _text.ToString();

    private static string Head(MetricFamily family)
    {
        var help = family.Help.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        return $"# HELP {family.Name} {help}\n# TYPE {family.Name} {SnakeNames.Of(family.Kind)}\n";
    }

    private void Add(MetricFamily family, MetricSeries series)
    {
        if (family.Bounds is not { } bounds)
        {
            Line(family.Name, series.Labels, series.Value);
            return;
        }

        var count = 0L;
        for (var i = 0; i < series.Buckets.Length; i++)
        {
            count += series.Buckets[i];
            var bound = $"le=\"{Number(i < bounds.Length ? bounds[i] : double.PositiveInfinity)}\"";
            Line(family.Name + "_bucket", series.Labels.Length > 0 ? $"{series.Labels},{bound}" : bound, count);
        }

        Line(family.Name + "_sum", series.Labels, series.Value);
        Line(family.Name + "_count", series.Labels, count);
    }

    private void Line(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
