namespace MPilot.Jobs.Orleans;

/// <summary>How a node shows that it lives, and looks after what others left.</summary>
public sealed record NodeLife
{
    /// <summary>
    /// A node that could not renew its lease for this long is taken for dead: its calls are asked after or lost. Longer waits longer after a crash, shorter
    /// declares paused processes dead. Default: 10 s.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the lease is renewed, one small commit each time. Longer leaves fewer tries before the end. Default: 3 s.</summary>
    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often due times and dead nodes' calls are looked for. Longer is slower after a crash, shorter reads more. Default: 5 s.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromSeconds(5);
}
