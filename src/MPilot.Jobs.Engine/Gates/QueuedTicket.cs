namespace MPilot.Jobs.Engine.Gates;

/// <summary>A ticket in the line, and since when.</summary>
internal sealed record QueuedTicket(GateTicket Ticket, DateTimeOffset QueuedAt)
{
    /// <summary>Accept order, then job, then attempt.</summary>
    public static readonly IComparer<QueuedTicket> InAcceptOrder = Comparer<QueuedTicket>.Create(static (left, right) => Compare(left.Ticket, right.Ticket));

    private static int Compare(GateTicket left, GateTicket right)
    {
        var byTime = left.AcceptedAt.CompareTo(right.AcceptedAt);
        var byJob = byTime != 0 ? byTime : string.CompareOrdinal(left.Job, right.Job);
        return byJob != 0 ? byJob : left.Attempt.CompareTo(right.Attempt);
    }
}
