using System.Text.Json.Nodes;

using MPilot.Jobs.Simulators;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>Configurations the tests start the service with.</summary>
internal static class Configurations
{
    /// <summary>The provider openai at a simulator, and the local editor.</summary>
    public static JsonObject With(Simulator simulator, Action<JsonObject>? openAi = null)
    {
        var provider = new JsonObject
        {
            ["Kind"] = "openai",
            ["BaseUrl"] = simulator.BaseUrl,
            ["Keys"] = new JsonArray(new JsonObject { ["Name"] = "main", ["Secret"] = "sk-test-main" }),
        };
        openAi?.Invoke(provider);
        return new JsonObject
        {
            ["Providers"] = new JsonObject { ["openai"] = provider, ["local"] = new JsonObject { ["Kind"] = "local" } },
        };
    }
}
