using System.Globalization;
using System.Text.Json.Nodes;

using MPilot.Jobs.Chaos.Plans;
using MPilot.Jobs.Simulators.Ledgers;
using MPilot.Jobs.Simulators.Scripting;

namespace MPilot.Jobs.Chaos.Cluster;

/// <summary>A provider with one key that takes so many calls at once and not one more. It answers all of them, and takes its time.</summary>
internal static class GatedProvider
{
    public const int Limit = 8;

    public const string Prefix = "g";

    private const string Held = "held";

    /// <summary>A call ends for us when its answer is on its way, for the provider a little later.</summary>
    private static readonly TimeSpan Ending = TimeSpan.FromMilliseconds(100);

    /// <summary>A call that was broken off ended when it was; the provider finds out later.</summary>
    private static readonly TimeSpan FindingOut = TimeSpan.FromSeconds(1);

    public static Task<SimulatedProvider> StartAsync(int seed, Milestone calls)
        => SimulatedProvider.StartAsync(Prefix, "openai", "gpt-image-2", call =>
        {
            calls.Pass();
            return Behave(seed, call);
        });

    /// <summary>Its section of the service's configuration: one key, and no place kept for those who wait.</summary>
    public static JsonObject Configuration(SimulatedProvider provider)
    {
        var section = provider.Configuration();
        section["Keys"] = new JsonArray(section["Keys"]![0]!.DeepClone());
        section["Concurrency"] = Limit;
        section["AwaitedReserve"] = 0;

        // A call that is held takes long, and is no failure.
        section["Timeout"] = "00:03:00";
        return section;
    }

    /// <summary>A request whose call is held until all of them are let go.</summary>
    public static JobPlan Holding(int seed, int index, SimulatedProvider provider) => new()
    {
        Index = index,
        Mark = string.Create(CultureInfo.InvariantCulture, $"chaos-{seed}-{Held}-{index}"),
        Caller = CallerKind.Polls,
        Key = string.Create(CultureInfo.InvariantCulture, $"key-chaos-{seed}-{Held}-{index}"),
        Count = 1,
        Model = provider.Model,
    };

    /// <summary>After how long as many calls as may be are held; <c>null</c> where they do not come.</summary>
    public static async Task<TimeSpan?> FillAsync(SimulatedProvider provider, TimeSpan patience, TimeProvider time)
    {
        var began = time.GetTimestamp();
        try
        {
            await provider.Simulator.HeldAsync(Held, Limit).WaitAsync(patience, time);
            return time.GetElapsedTime(began);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Lets go those that are held, and those that will be.</summary>
    public static async Task ReleaseAsync(SimulatedProvider provider, Task until, TimeProvider time)
    {
        while (!until.IsCompleted)
        {
            provider.Simulator.Release(Held);
            await time.ElapseAsync(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>The most calls that certainly ran at the same time.</summary>
    public static int PeakOf(IEnumerable<CallRecord> calls)
    {
        var (peak, running) = (0, 0);
        var changes = calls.Select(c => (From: c.ArrivedAt, Until: EndOf(c))).Where(c => c.Until > c.From)
            .SelectMany(c => new[] { (At: c.From, Change: 1), (At: c.Until, Change: -1) });
        foreach (var (_, change) in changes.OrderBy(c => c.At).ThenBy(c => c.Change))
        {
            running += change;
            peak = Math.Max(peak, running);
        }

        return peak;
    }

    private static DateTimeOffset EndOf(CallRecord call)
        => call.FinishedAt is { } finished ? finished - (call.ClientPresent == true ? Ending : FindingOut) : DateTimeOffset.MaxValue;

    private static ScriptAction Behave(int seed, ScriptedCall call)
        => call.Prompt?.Contains(Held, StringComparison.Ordinal) == true
            ? new() { Hold = Held }
            : new() { DelayMs = Dice.Of(seed, $"{Prefix} {call.Prompt}").Next(300, 1500), AfterPartials = true };
}
