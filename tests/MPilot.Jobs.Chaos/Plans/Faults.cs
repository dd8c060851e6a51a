using System.Collections.Concurrent;
using System.Globalization;

using MPilot.Jobs.Simulators.Scripting;

namespace MPilot.Jobs.Chaos.Plans;

/// <summary>How one provider behaves: decided by the seed, the request's mark and how often the provider was called for it.</summary>
internal sealed class Faults(int seed, string provider, TimeProvider time)
{
    /// <summary>Longer than a provider is given.</summary>
    private static readonly ScriptAction Hang = new() { Hang = true };

    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);

    public ScriptAction Draw(ScriptedCall call)
    {
        var name = $"{provider} {call.Call} {call.Prompt}";
        var number = _calls.AddOrUpdate(name, 1, (_, before) => before + 1);
        var dice = Dice.Of(seed, string.Create(CultureInfo.InvariantCulture, $"{name} {number}"));
        return call.Call is null ? Start(dice) : AskAfter(dice);
    }

    /// <summary>Calls about work that goes on anyway: few fail, and none for long.</summary>
    private ScriptAction AskAfter(Random dice) => dice.Next(100) < 92 ? new() : dice.Pick<Func<Random, ScriptAction>>(
        (1, LimitRate), (1, Unavailable), (1, _ => new() { Status = 500 }), (1, _ => new() { ResetAfterPurchase = true }), (1, _ => new() { Stale = true }))(dice);

    private ScriptAction Start(Random dice)
    {
        var delay = dice.Next(10) < 8 ? dice.Next(120) : dice.Next(300, 1500);
        var action = dice.Next(100) < 55 ? new ScriptAction() : Fault(dice);
        return action with { DelayMs = delay, AfterPartials = dice.Next(2) == 0 };
    }

    private ScriptAction Fault(Random dice) => dice.Pick<Func<Random, ScriptAction>>(
        (14, LimitRate),
        (6, _ => new() { Status = 500 }),
        (6, Unavailable),
        (4, _ => new() { Moderation = true }),
        (8, _ => new() { ResetAfterPurchase = true, Purchased = false }),
        (8, _ => new() { ResetAfterPurchase = true }),
        (8, cut => new() { Truncate = cut.Next(1, 1500) }),
        (4, _ => new() { WrongBytes = true }),
        (4, _ => new() { EmptyData = true }),
        (4, _ => new() { InvalidJson = true }),
        (6, _ => new() { Twice = true }),
        (8, drip => new() { SlowDripMs = drip.Next(5, 40), DripBytes = drip.Next(400, 4000) }),
        (3, _ => Hang))(dice);

    private ScriptAction LimitRate(Random dice) => Refuse(429, dice.Pick(
        (4, ("retry-after", "1")),
        (3, ("retry-after-ms", dice.Next(50, 800).ToString(CultureInfo.InvariantCulture))),
        (3, ("retry-after", time.GetUtcNow().AddSeconds(1).ToString("R", CultureInfo.InvariantCulture)))));

    private static ScriptAction Unavailable(Random dice) => dice.Next(2) == 0 ? Refuse(503, ("retry-after", "1")) : new() { Status = 503 };

    private static ScriptAction Refuse(int status, (string Name, string Value) header)
        => new() { Status = status, Headers = new Dictionary<string, string>(StringComparer.Ordinal) { [header.Name] = header.Value } };
}
