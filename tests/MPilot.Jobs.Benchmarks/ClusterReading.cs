namespace MPilot.Jobs.Benchmarks;

/// <summary>What a cluster has used so far, or between two moments.</summary>
/// <param name="At">The timestamp.</param>
/// <param name="CpuMs">Of all silos.</param>
/// <param name="Commits">Transactions the server counted, reads included.</param>
/// <param name="Writes">Of these, transactions that wrote.</param>
/// <param name="Messages">Of Orleans, sent from one silo to another.</param>
/// <param name="LocalMessages">Of Orleans, sent within a silo.</param>
internal sealed record ClusterReading(long At, double CpuMs, double Commits, double Writes, double Messages, double LocalMessages)
{
    public double Seconds { get; private init; }

    public ClusterReading Since(ClusterReading earlier) => new(
        At, CpuMs - earlier.CpuMs, Commits - earlier.Commits, Writes - earlier.Writes, Messages - earlier.Messages, LocalMessages - earlier.LocalMessages)
    {
        Seconds = TimeProvider.System.GetElapsedTime(earlier.At, At).TotalSeconds,
    };
}
