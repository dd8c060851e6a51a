using System.Text.Json.Nodes;

using MPilot.Jobs.Simulators;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>Configurations the tests start the service with.</summary>
public static class Configurations
{
    /// <summary>The provider openai at a simulator, and the local editor.</summary>
    public static JsonObject With(Simulator simulator, Action<JsonObject>? openAi = null)
    {
        // Tests make a provider fail on purpose, one after the other: no key may rest for that.
        var provider = new JsonObject
        {
            ["Breaker"] = new JsonObject { ["Failures"] = 1000 },
            ["CoolDown"] = new JsonObject { ["RateLimited"] = "00:00:00.001", ["Credentials"] = "00:00:00.001", ["Quota"] = "00:00:00.001" },
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
