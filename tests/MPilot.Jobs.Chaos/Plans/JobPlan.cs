using System.Globalization;

namespace MPilot.Jobs.Chaos.Plans;

/// <summary>One request that is made, and by whom.</summary>
internal sealed record JobPlan
{
    public required int Index { get; init; }

    /// <summary>The prompt, unlike any other: by it calls at the providers and jobs in the store are told apart.</summary>
    public required string Mark { get; init; }

    public required CallerKind Caller { get; init; }

    /// <summary>The <c>Idempotency-Key</c>, if one is sent.</summary>
    public string? Key { get; init; }

    /// <summary>Whether it counts its own repeats in <c>x-stainless-retry-count</c>, as clients do that repeat by themselves and send no key.</summary>
    public bool CountsRepeats { get; init; }

    /// <summary>Whether a request that was not answered is made again: that is safe only with a key or a count.</summary>
    public bool MayRepeat => Key is not null || CountsRepeats;

    /// <summary>Whether a request with a key is made once more after it was answered.</summary>
    public bool Repeats { get; init; }

    /// <summary>The field <c>n</c>.</summary>
    public required int Count { get; init; }

    public required string Model { get; init; }

    public string? Fallback { get; init; }

    /// <summary>Whether links are asked for in place of base64.</summary>
    public bool AsLinks { get; init; }

    public int Partials { get; init; }

    /// <summary>After how long it cancels, or hangs up.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>After how many events a listener ends its connection, and comes back.</summary>
    public int EventsAtOnce { get; init; }

    /// <summary>Whether a 202 is asked for.</summary>
    public bool IsAsync => Caller is CallerKind.Polls or CallerKind.Listens or CallerKind.Cancels;

    /// <param name="seed">Decides everything.</param>
    /// <param name="index">Which request it is.</param>
    /// <param name="models">One of each provider.</param>
    public static JobPlan Draw(int seed, int index, IReadOnlyList<string> models)
    {
        var dice = Dice.Of(seed, string.Create(CultureInfo.InvariantCulture, $"job {index}"));
        var mark = string.Create(CultureInfo.InvariantCulture, $"chaos-{seed}-{index}");
        var caller = dice.Pick(
            (30, CallerKind.Waits), (15, CallerKind.Streams), (15, CallerKind.Polls), (18, CallerKind.Listens), (12, CallerKind.Cancels), (10, CallerKind.HangsUp));
        var order = models.OrderBy(_ => dice.Next()).ToList();
        var isKeyed = dice.Next(10) < 4;
        return new()
        {
            Index = index,
            Mark = mark,
            Caller = caller,
            Key = isKeyed ? $"key-{mark}" : null,
            CountsRepeats = !isKeyed && (caller is CallerKind.Waits or CallerKind.Streams) && dice.Next(2) == 0,
            Repeats = isKeyed && dice.Next(3) == 0,
            Count = dice.Pick((75, 1), (15, 2), (10, 3)),
            Model = order[0],
            Fallback = order.Count > 1 && dice.Next(10) < 6 ? order[1] : null,
            AsLinks = dice.Next(4) == 0,
            Partials = caller is CallerKind.Streams or CallerKind.Listens ? dice.Next(3) : 0,
            Patience = dice.Milliseconds(0, caller == CallerKind.Cancels ? 500 : 1500),
            EventsAtOnce = dice.Next(1, 5),
        };
    }
}
