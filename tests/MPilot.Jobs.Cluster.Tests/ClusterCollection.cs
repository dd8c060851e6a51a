using Xunit;

namespace MPilot.Jobs.Cluster.Tests;

/// <summary>Tests that share one cluster, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterCollection : ICollectionFixture<ClusterFixture>
{
    public const string Name = "cluster";
}
