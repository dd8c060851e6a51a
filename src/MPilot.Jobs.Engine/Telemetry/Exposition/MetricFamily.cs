using System.Diagnostics.Metrics;

namespace MPilot.Jobs.Engine.Telemetry.Exposition;

/// <summary>All series of one metric. Taking a number allocates nothing once its labels are known.</summary>
internal sealed class MetricFamily
{
    /// <summary>Most series of one family; what comes under more labels is put together. Labels are closed sets: this is for the day one is not.</summary>
    public const int MaxSeries = 1000;

    private const string Overflow = "overflow=\"true\"";

    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private static readonly double[] Counts = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly Dictionary<int, List<(KeyValuePair<string, object?>[] Tags, MetricSeries Series)>> _known = [];
    private readonly bool _isObserved;
    private readonly bool _isSet;
    private int _ways;
    private long _reading;

    public MetricFamily(Instrument instrument)
    {
        var type = instrument.GetType();
        var shape = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        Kind = shape == typeof(Histogram<>) ? MetricKind.Histogram
            : shape == typeof(Counter<>) || shape == typeof(ObservableCounter<>) ? MetricKind.Counter
            : MetricKind.Gauge;
        _isObserved = instrument.IsObservable;
        _isSet = _isObserved || shape == typeof(Gauge<>);
        Name = PrometheusNames.Of(instrument, Kind);
        Help = instrument.Description ?? "";
        Bounds = Kind == MetricKind.Histogram ? BoundsOf(instrument) : null;
    }

    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    /// <summary>Upper bounds of a histogram's buckets.</summary>
    public double[]? Bounds { get; }

    /// <summary>Takes a number.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_gate)
        {
            var series = Find_NeedsLock(tags);
            series.SeenIn = _reading;
            if (_isSet)
            {
                series.Set(value);
            }
            else
            {
                series.Add(value);
            }
        }
    }

    /// <summary>Begins another reading: what is not observed in it is gone.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _reading++;
        }
    }

    /// <summary>Shows all series there are, in order of their labels.</summary>
    public void Visit(Action<MetricSeries> visit)
    {
        lock (_gate)
        {
            foreach (var series in _series.Values.Where(s => !_isObserved || s.SeenIn == _reading))
            {
                visit(series);
            }
        }
    }

    /// <summary>The series of some labels; a new one is made where they were not seen yet, in this order or another.</summary>
    private MetricSeries Find_NeedsLock(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = HashOf(tags);
        if (_known.TryGetValue(hash, out var candidates))
        {
            foreach (var (known, found) in candidates)
            {
                if (AreSame(tags, known))
                {
                    return found;
                }
            }
        }

        var labels = LabelText.Of(tags);
        var isFull = _series.Count >= MaxSeries && !_series.ContainsKey(labels);
        var series = SeriesOf_NeedsLock(isFull ? Overflow : labels);
        if (!isFull && _ways < 2 * MaxSeries)
        {
            _ways++;
            _known.TryAdd(hash, []);
            _known[hash].Add((tags.ToArray(), series));
        }

        return series;
    }

    private MetricSeries SeriesOf_NeedsLock(string labels)
    {
        if (!_series.TryGetValue(labels, out var series))
        {
            _series[labels] = series = new(labels, Bounds);
        }

        return series;
    }

    /// <summary>Pairs are compared piece by piece: compared whole, each would be boxed.</summary>
    private static bool AreSame(ReadOnlySpan<KeyValuePair<string, object?>> left, ReadOnlySpan<KeyValuePair<string, object?>> right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            if (left.Length != right.Length || left[i].Key != right[i].Key || !Equals(left[i].Value, right[i].Value))
            {
                return false;
            }
        }

        return left.Length == right.Length;
    }

    private static int HashOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = default(HashCode);
        foreach (var tag in tags)
        {
            hash.Add(tag.Key, StringComparer.Ordinal);
            hash.Add(tag.Value);
        }

        return hash.ToHashCode();
    }

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised.Select(b => (double)b)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised.Select(b => (double)b)],
        { Unit: "s" } => Seconds,
        _ => Counts,
    };
}
