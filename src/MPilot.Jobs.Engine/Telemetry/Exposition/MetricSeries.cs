namespace MPilot.Jobs.Engine.Telemetry.Exposition;

/// <summary>The numbers under one set of labels.</summary>
/// <param name="labels">As they are written, without braces.</param>
/// <param name="bounds">Upper bounds of a histogram's buckets, rising; <c>null</c> for a single number.</param>
internal sealed class MetricSeries(string labels, double[]? bounds)
{
    public string Labels { get; } = labels;

    /// <summary>The newest number, or the sum of all.</summary>
    public double Value { get; private set; }

    /// <summary>How many numbers fell into each bucket, the last one being without bound; empty where there are none.</summary>
    public long[] Buckets { get; } = bounds is null ? [] : new long[bounds.Length + 1];

    /// <summary>The reading in which it was last observed.</summary>
    public long SeenIn { get; set; }

    public void Add(double value)
    {
        Value += value;
        if (bounds is not null)
        {
            var place = Array.BinarySearch(bounds, value);
            Buckets[place < 0 ? ~place : place]++;
        }
    }

    public void Set(double value) => Value = value;
}
