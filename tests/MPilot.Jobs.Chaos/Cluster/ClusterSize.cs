namespace MPilot.Jobs.Chaos.Cluster;

/// <summary>How much is done to a cluster.</summary>
/// <param name="Silos">How many there are.</param>
/// <param name="Jobs">How many requests are planned.</param>
/// <param name="Troubles">How many things are done while they are made.</param>
/// <param name="Seed">Decides what is asked, how the providers fail, what is done and at which kind of moment; how these meet is up to the machine.</param>
internal sealed record ClusterSize(int Silos, int Jobs, int Troubles, int Seed)
{
    /// <summary>A folder for what the silos print; <c>null</c>: nobody wants it.</summary>
    public string? Logs { get; init; }
}
