using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>Finds what is wrong with how a node takes part in a cluster.</summary>
internal static class ClusterValidator
{
    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static IEnumerable<OptionMistake> Validate(string root, ClusterOptions cluster)
    {
        if (cluster.Role is not ("both" or "api" or "silo"))
        {
            yield return new($"{root}:Role", "must be both, api or silo.");
        }

        if (cluster.Membership is not ("postgres" or "localhost"))
        {
            yield return new($"{root}:Membership", "must be postgres or localhost.");
        }
        else if (cluster is { Membership: "postgres", PrimaryPort: not null })
        {
            yield return new($"{root}:PrimaryPort", "is for localhost membership only.");
        }

        if (cluster.Name.Length is 0 or > 100)
        {
            yield return new($"{root}:Name", "must have 1 to 100 characters.");
        }

        if (cluster.Address is { } address && Uri.CheckHostName(address) == UriHostNameType.Unknown)
        {
            yield return new($"{root}:Address", "must be an address or a host name, without a port.");
        }

        foreach (var (key, port) in new[] { ("SiloPort", cluster.SiloPort), ("GatewayPort", cluster.GatewayPort), ("PrimaryPort", cluster.PrimaryPort ?? 1) })
        {
            if (port is < 1 or > 65535)
            {
                yield return new($"{root}:{key}", "must be a port from 1 to 65535.");
            }
        }

        if (cluster.Lease < ShortestLease || cluster.Lease > Longest)
        {
            yield return new($"{root}:Lease", "must be at least 1 s and at most 1 h.");
        }

        if (cluster.SweepInterval <= TimeSpan.Zero || cluster.SweepInterval > Longest)
        {
            yield return new($"{root}:SweepInterval", "must be more than 0 and at most 1 h.");
        }
    }
}
