namespace MPilot.Jobs.Domain.Fallback;

/// <summary>What is to be done for a slot whose attempt failed: one of four closed values.</summary>
public abstract record NextMove
{
    private NextMove()
    {
    }

    /// <summary>The same step again, not before <paramref name="DueAt"/>.</summary>
    public sealed record Retry(DateTimeOffset DueAt, bool PossibleDoublePurchase = false) : NextMove;

    /// <summary>The same step again at once, with another key; uses no retry.</summary>
    public sealed record ChangeKey : NextMove;

    /// <summary>The next step of the chain, now.</summary>
    public sealed record FallBack(int Step) : NextMove;

    /// <summary>The slot is lost.</summary>
    public sealed record GiveUp : NextMove;
}
