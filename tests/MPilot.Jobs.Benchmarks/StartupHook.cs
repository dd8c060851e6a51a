using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

/// <summary>
/// Runs inside a silo that is measured, before its own code (<c>DOTNET_STARTUP_HOOKS</c>; the runtime asks for this name, in no namespace). Counts the messages
/// of Orleans and leaves the counts in a file, again and again.
/// </summary>
#pragma warning disable MA0047 // The runtime finds it by this name only.
internal static class StartupHook
#pragma warning restore MA0047
{
    /// <summary>The variable that names the file.</summary>
    public const string Variable = "MPILOT_BENCH_MESSAGES";

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private static readonly ConcurrentDictionary<string, long> Counts = new(StringComparer.Ordinal);
    private static readonly MeterListener Listener = new();
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } file)
        {
            return;
        }

        Listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Microsoft.Orleans" && instrument.Name.StartsWith("orleans-messaging-", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        Listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Add(instrument, value));
        Listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument, value));
        Listener.Start();
        _ = RepeatAsync(file);
    }

    /// <summary>A histogram tells of one message, a counter how many more, an observed counter how many so far.</summary>
    private static void Add(Instrument instrument, long value)
    {
        if (instrument.IsObservable)
        {
            Counts.AddOrUpdate($"{instrument.Name} now", value, (_, before) => before + value);
        }
        else
        {
            var more = instrument is Counter<int> or Counter<long> ? value : 1;
            Counts.AddOrUpdate(instrument.Name, more, (_, before) => before + more);
        }
    }

    private static async Task RepeatAsync(string file)
    {
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync())
        {
            Write(file);
        }
    }

    private static void Write(string file)
    {
        foreach (var observed in Counts.Keys.Where(k => k.EndsWith(" now", StringComparison.Ordinal)))
        {
            Counts[observed] = 0;
        }

        Listener.RecordObservableInstruments();
        var lines = Counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key}={c.Value}"));
        File.WriteAllLines(file + ".new", lines);
        File.Move(file + ".new", file, overwrite: true);
    }
}
