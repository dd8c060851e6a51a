namespace MPilot.Jobs.Engine.Gates;

/// <summary>How long leases hold.</summary>
public static class LeaseTerms
{
    /// <summary>A lease nobody renewed for this long is over and its place another's. Long enough for a process paused for half a minute, short enough after a dead one. 40 s.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(40);

    /// <summary>How often the holder renews: three may fail in a row. 10 s.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(10);
}
