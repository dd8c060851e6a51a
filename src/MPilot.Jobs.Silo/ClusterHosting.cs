using System.Net;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Hosting;
using MPilot.Jobs.Orleans;

using Orleans.Configuration;

using ClusterOptions = MPilot.Jobs.Engine.Configuration.ClusterOptions;

namespace MPilot.Jobs.Silo;

/// <summary>A node of a cluster: it shares the database and the pictures with others, and answers for every job.</summary>
public sealed class ClusterHosting : IEngineHosting
{
    /// <summary>A node that does not answer is asked again this soon, and taken for dead after <see cref="ProbesMissed"/>. 2 s.</summary>
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(2);

    private const int ProbesMissed = 3;

    public bool IsAlone => false;

    public bool AnswersCalls(MPilotOptions options) => options.Cluster.Role != "silo";

    public IEnumerable<OptionMistake> Validate(MPilotOptions options)
    {
        if (options.Store.Kind != "postgres")
        {
            yield return new("MPilot:Store:Kind", "must be postgres: the nodes of a cluster share one database.");
        }

        if (options.Artifacts is { Kind: "files", Shared: false })
        {
            yield return new(
                "MPilot:Artifacts:Shared", "must be true, and the folder the same one on all nodes: a picture one node takes in is read by the others.");
        }

        if (options.Cluster is { Membership: "localhost", Role: "api", PrimaryPort: null })
        {
            yield return new("MPilot:Cluster:PrimaryPort", "must name a silo of this machine: a node of the role api is none.");
        }
    }

    public void Add(IHostApplicationBuilder builder, MPilotOptions options)
    {
        builder.Logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning);
        builder.Services.AddHostedService<MembershipTables>();
        if (options.Cluster.Role == "api")
        {
            builder.UseOrleansClient(client => Configure(client, options));
            builder.Services.AddClusterAccess();
            return;
        }

        // The runtime first: what is added later starts after it, and stops before it.
        builder.UseOrleans(silo => Configure(silo, options));
        builder.Services.AddClusterEngine();
    }

    private static void Configure(IClientBuilder client, MPilotOptions options)
    {
        Name(client.Services, options.Cluster);
        if (options.Cluster.Membership == "localhost")
        {
            client.UseLocalhostClustering(options.Cluster.GatewayPort, options.Cluster.Name, options.Cluster.Name);
        }
        else
        {
            client.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (MembershipTables.Invariant, options.Store.ConnectionString));
        }
    }

    private static void Configure(ISiloBuilder silo, MPilotOptions options)
    {
        var cluster = options.Cluster;
        Name(silo.Services, cluster);
        if (cluster.Membership == "localhost")
        {
            silo.UseLocalhostClustering(
                cluster.SiloPort, cluster.GatewayPort, cluster.PrimaryPort is { } primary ? new(IPAddress.Loopback, primary) : null, cluster.Name, cluster.Name);
        }
        else
        {
            silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (MembershipTables.Invariant, options.Store.ConnectionString));
            silo.ConfigureEndpoints(cluster.Address, cluster.SiloPort, cluster.GatewayPort);
        }

        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = ProbeEvery;
            membership.NumMissedProbesLimit = ProbesMissed;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
            membership.DefunctSiloExpiration = TimeSpan.FromHours(1);
        });
    }

    private static void Name(IServiceCollection services, ClusterOptions cluster)
        => services.Configure<global::Orleans.Configuration.ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster.Name, cluster.Name));
}
