using System.Diagnostics.Metrics;
using System.Numerics;

namespace MPilot.Jobs.Engine.Telemetry.Exposition;

/// <summary>Listens to our meter and the framework's from when it is made, and tells all of it as Prometheus reads it.</summary>
public sealed class MetricCollector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Lock _reading = new();
    private readonly Meter _own;
    private readonly IMeterFactory _framework;

    /// <param name="instruments">Ours.</param>
    /// <param name="framework">Where the framework's meters of this host come from; those of other hosts in the process are not listened to.</param>
    public MetricCollector(JobsInstruments instruments, IMeterFactory framework)
    {
        (_own, _framework) = (instruments.Meter, framework);
        _listener.InstrumentPublished = Publish;
        Take<byte>();
        Take<short>();
        Take<int>();
        Take<long>();
        Take<float>();
        Take<double>();
        Take<decimal>();
        _listener.Start();
    }

    /// <summary>Names of all families, those without numbers included.</summary>
    public IReadOnlyCollection<string> Names
    {
        get
        {
            lock (_gate)
            {
                return [.. _families.Keys];
            }
        }
    }

    /// <summary>Observes what is observed on demand and tells everything, in order of names. One reader at a time.</summary>
    public string Read()
    {
        lock (_reading)
        {
            List<MetricFamily> families;
            lock (_gate)
            {
                families = [.. _families.Values];
            }

            families.ForEach(f => f.Begin());
            Observe();
            var text = new PrometheusText();
            families.ForEach(text.Add);
            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Observe()
    {
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException)
        {
            // All others were observed all the same; the one that failed has no series this time.
        }
    }

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!IsOurs(instrument.Meter))
        {
            return;
        }

        var family = new MetricFamily(instrument);
        lock (_gate)
        {
            if (_families.TryAdd(family.Name, family))
            {
                listener.EnableMeasurementEvents(instrument, family);
            }
        }
    }

    private bool IsOurs(Meter meter)
        => meter == _own || (TelemetryNames.FrameworkMeters.Contains(meter.Name, StringComparer.Ordinal) && (meter.Scope is null || meter.Scope == _framework));

    private void Take<T>()
        where T : struct, INumber<T>
        => _listener.SetMeasurementEventCallback<T>(static (_, value, tags, family) => ((MetricFamily)family!).Record(double.CreateSaturating(value), tags));
}
