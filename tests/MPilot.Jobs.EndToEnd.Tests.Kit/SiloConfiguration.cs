using System.Text.Json.Nodes;

using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>What makes a process a node of a cluster on this machine.</summary>
public static class SiloConfiguration
{
    /// <summary>The same service at a database and a folder of pictures that others share, reached by them at free ports.</summary>
    /// <param name="service">What the nodes have in common.</param>
    /// <param name="connection">To their database.</param>
    /// <param name="artifacts">The folder of their pictures.</param>
    public static JsonObject Of(JsonObject service, string connection, string artifacts)
    {
        var node = service.DeepClone().AsObject();
        var ports = FreePorts.Find(2);
        node["Store"] = new JsonObject { ["Kind"] = "postgres", ["ConnectionString"] = connection };
        node["Artifacts"] = new JsonObject { ["Path"] = artifacts, ["Shared"] = true };
        node["Cluster"] = new JsonObject { ["Address"] = "127.0.0.1", ["SiloPort"] = ports[0], ["GatewayPort"] = ports[1] };
        return node;
    }
}
