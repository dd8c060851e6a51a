using System.Globalization;

using MPilot.Jobs.Chaos.Plans;

namespace MPilot.Jobs.Chaos.Cluster;

/// <summary>One thing that is done to a cluster.</summary>
/// <param name="Number">Which.</param>
/// <param name="Moment">After how many accepts, or calls at the providers, it is done.</param>
/// <param name="IsAtCall">It is after calls.</param>
/// <param name="Lasts">How long a cable stays cut, a killed silo away.</param>
internal sealed record Trouble(int Number, TroubleKind Kind, int Moment, bool IsAtCall, TimeSpan Lasts)
{
    /// <summary>How much of each kind there is: at least one, then of sixteen.</summary>
    private static readonly (TroubleKind Kind, int Share)[] Shares =
    [
        (TroubleKind.Freeze, 1), (TroubleKind.Crash, 1), (TroubleKind.BlackHole, 1), (TroubleKind.Stop, 1), (TroubleKind.KillAtStart, 1), (TroubleKind.Reset, 1),
        (TroubleKind.Restart, 1), (TroubleKind.Delay, 1), (TroubleKind.Kill, 8),
    ];

    /// <summary>A shuffled hand: what is rare comes at least once, if there are that many, and in a short hand what is most telling.</summary>
    public static IReadOnlyList<Trouble> Deal(int seed, int count)
    {
        var dice = Dice.Of(seed, "troubles");
        var kinds = new List<TroubleKind>();
        foreach (var (kind, share) in Shares)
        {
            kinds.AddRange(Enumerable.Repeat(kind, Math.Max(1, count * share / Shares.Sum(s => s.Share))));
        }

        // Kills are the last of the list: half of what there is room for is theirs.
        var rare = kinds.Where(k => k != TroubleKind.Kill).Take(Math.Max(count / 2, count - kinds.Count(k => k == TroubleKind.Kill)));
        var hand = rare.Concat(Enumerable.Repeat(TroubleKind.Kill, count)).Take(count).OrderBy(_ => dice.Next()).ToList();
        return [.. hand.Select((kind, number) => Draw(seed, number, kind))];
    }

    private static Trouble Draw(int seed, int number, TroubleKind kind)
    {
        var dice = Dice.Of(seed, string.Create(CultureInfo.InvariantCulture, $"trouble {number}"));
        var lasts = kind switch
        {
            TroubleKind.Freeze => TimeSpan.FromSeconds(30),
            TroubleKind.Kill => dice.Next(2) == 0 ? TimeSpan.Zero : dice.Milliseconds(0, 14_000),
            _ => dice.Milliseconds(1_000, 20_000),
        };
        return new(number, kind, dice.Next(1, 16), dice.Next(2) == 0, lasts);
    }
}
