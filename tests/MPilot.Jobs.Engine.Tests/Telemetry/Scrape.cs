using System.Diagnostics.Metrics;

using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Engine.Telemetry.Exposition;

using NSubstitute;

namespace MPilot.Jobs.Engine.Tests.Telemetry;

/// <summary>What a reader of the metrics sees of some instruments.</summary>
internal sealed class Scrape(JobsInstruments instruments) : IDisposable
{
    private readonly MetricCollector _collector = new(instruments, Substitute.For<IMeterFactory>());

    public string Text => _collector.Read();

    /// <summary>The lines of our own numbers, those of buckets left out.</summary>
    public IEnumerable<string> Own
        => Text.Split('\n').Where(l => l.StartsWith("mpilot_", StringComparison.Ordinal) && !l.Contains("_bucket{", StringComparison.Ordinal));

    /// <summary>The lines of a family's numbers.</summary>
    public IEnumerable<string> Of(string family)
        => Text.Split('\n').Where(l => l.StartsWith(family + "{", StringComparison.Ordinal) || l.StartsWith(family + " ", StringComparison.Ordinal));

    public void Dispose() => _collector.Dispose();
}
