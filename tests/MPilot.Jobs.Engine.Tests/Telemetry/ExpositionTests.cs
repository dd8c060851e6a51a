using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Telemetry;

public sealed class ExpositionTests : IDisposable
{
    private readonly JobsInstruments _instruments = new(["a"], new ManualTime());
    private readonly Scrape _scrape;

    public ExpositionTests() => _scrape = new(_instruments);

    public void Dispose()
    {
        _scrape.Dispose();
        _instruments.Dispose();
    }

    [Fact]
    public void Read_WhenACounterHasUnitAndOddTexts_EscapesThem()
    {
        var odd = _instruments.Meter.CreateCounter<long>("odd-name..of.it", "By", "A \\ and a\nline.");

        odd.Add(3, new KeyValuePair<string, object?>("9.x", "say \"hi\" \\ and\nmore"));
        odd.Add(4, new KeyValuePair<string, object?>("9.x", null));

        _scrape.Text.ShouldContain("""
            # HELP odd_name_of_it_bytes_total A \\ and a\nline.
            # TYPE odd_name_of_it_bytes_total counter
            odd_name_of_it_bytes_total{_9_x=""} 4
            odd_name_of_it_bytes_total{_9_x="say \"hi\" \\ and\nmore"} 3

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Read_WhenAHistogramTookNumbers_CountsThemUpToEachBound()
    {
        var sizes = _instruments.Meter.CreateHistogram<int>("sizes", advice: new() { HistogramBucketBoundaries = [1, 10] });
        foreach (var size in new[] { 1, 2, 10, 11 })
        {
            sizes.Record(size);
        }

        _scrape.Text.ShouldContain("""
            # TYPE sizes histogram
            sizes_bucket{le="1"} 1
            sizes_bucket{le="10"} 3
            sizes_bucket{le="+Inf"} 4
            sizes_sum 24
            sizes_count 4

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Read_WhenLabelsComeInAnotherOrder_IsOneSeries()
    {
        var calls = _instruments.Meter.CreateCounter<int>("calls");

        calls.Add(1, new("a", "x"), new KeyValuePair<string, object?>("b", true));
        calls.Add(1, new("b", true), new KeyValuePair<string, object?>("a", "x"));

        _scrape.Of("calls_total").ShouldBe(["""calls_total{a="x",b="true"} 2"""]);
    }

    [Fact]
    public void Read_WhenAnUpDownCounterMoves_IsAGaugeOfTheSum()
    {
        var open = _instruments.Meter.CreateUpDownCounter<long>("open", "{connection}");
        open.Add(5);
        open.Add(-2);

        _scrape.Text.ShouldContain("# TYPE open gauge\nopen 3\n");
    }

    [Fact]
    public void Read_WhenAnObservedSeriesIsGone_LeavesItOut()
    {
        string[] there = ["x", "y"];
        _instruments.Meter.CreateObservableGauge(
            "there", () => there.Select(t => new System.Diagnostics.Metrics.Measurement<double>(0.5, new KeyValuePair<string, object?>("name", t))));

        _scrape.Of("there").Count().ShouldBe(2);
        there = ["y"];

        _scrape.Of("there").ShouldBe(["""there{name="y"} 0.5"""]);
    }

    [Fact]
    public void Read_WhenAnObservationFails_TellsTheRest()
    {
        _instruments.Meter.CreateObservableGauge("failing", new Func<int>(() => throw new InvalidOperationException("No.")));
        _instruments.OnAttached();

        _scrape.Own.ShouldContain("mpilot_jobs_attached_total 1");
        _scrape.Text.ShouldNotContain("failing");
    }

    [Fact]
    public void Read_WhenLabelsAreWithoutEnd_PutsWhatIsTooManyTogether()
    {
        var calls = _instruments.Meter.CreateCounter<long>("calls");
        for (var i = 0; i < 5000; i++)
        {
            calls.Add(1, new KeyValuePair<string, object?>("i", i));
        }

        var lines = _scrape.Of("calls_total").ToList();

        lines.Count.ShouldBe(1001);
        lines.ShouldContain("""calls_total{overflow="true"} 4000""");
    }

    [Fact]
    public void Read_WhenNothingHappens_SaysTheSameTwice()
    {
        _instruments.OnProviderAnswered("a", 200);
        _instruments.OnProviderAnswered("a", 503);
        _instruments.OnSwept(Sweep.OldRows);

        _scrape.Own.ShouldBe([.. _scrape.Own]);
    }

    [Fact]
    public void Record_WhenTheLabelsAreKnown_AllocatesNothing()
    {
        _instruments.OnProviderAnswered("a", 200);
        _instruments.OnGateGranted("a", TimeSpan.FromSeconds(1));
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
        {
            _instruments.OnProviderAnswered("a", 200);
            _instruments.OnGateGranted("a", TimeSpan.FromSeconds(i));
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
    }
}
