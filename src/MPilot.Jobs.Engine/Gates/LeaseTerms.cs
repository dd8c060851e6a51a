namespace MPilot.Jobs.Engine.Gates;

/// <summary>How long leases hold.</summary>
public static class LeaseTerms
{
    /// <summary>A lease nobody renewed for this long is over and its place another's. Long enough for a paused process, short enough after a dead one. 2 min.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    /// <summary>How often the holder renews: three may fail in a row. 30 s.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(30);
}
