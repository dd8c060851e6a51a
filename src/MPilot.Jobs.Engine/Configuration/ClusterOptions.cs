namespace MPilot.Jobs.Engine.Configuration;

/// <summary>How a node takes part in a cluster. Read by a cluster's nodes only; the one-process service has no use for it.</summary>
public sealed class ClusterOptions
{
    /// <summary>
    /// <c>both</c> answers calls and makes edits; <c>api</c> answers calls and leaves the edits to others; <c>silo</c> makes edits and answers nothing but
    /// <c>/health</c> and <c>/metrics</c>. Apart they can be scaled apart; together there is one thing to run. Default: <c>both</c>.
    /// </summary>
    public string Role { get; set; } = "both";

    /// <summary>What the nodes of one cluster have in common, and those of others have not. Default: <c>mpilot</c>.</summary>
    public string Name { get; set; } = "mpilot";

    /// <summary>
    /// How nodes find each other: <c>postgres</c>, by tables in the database they share, or <c>localhost</c>, by asking the one at <c>PrimaryPort</c> of the
    /// same machine, for a laptop. Default: <c>postgres</c>.
    /// </summary>
    public string Membership { get; set; } = "postgres";

    /// <summary>The address at which the other nodes reach this one, or a name that stands for it. Default: the first address of this machine that is not loopback; with <c>localhost</c> membership 127.0.0.1.</summary>
    public string? Address { get; set; }

    /// <summary>The port for the other nodes. Only they may reach it. Default: 11111.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>The port for nodes of the role <c>api</c>. Only they may reach it. Default: 30000.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>With <c>localhost</c> membership, the <c>SiloPort</c> of the node that was started first. Default: this node is that one.</summary>
    public int? PrimaryPort { get; set; }

    /// <summary>
    /// A node that could not renew its lease for this long is taken for dead: its calls are asked after or count as lost. Longer waits longer after a crash,
    /// shorter declares paused processes dead and may buy what they buy. Default: 10 s.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often each node looks for due times and for what dead nodes left. Longer is slower after a crash, shorter reads the store more. Default: 5 s.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(5);
}
