using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Providers.Local;
using MPilot.Jobs.Providers.OpenAi;
using MPilot.Jobs.Providers.Replicate;

namespace MPilot.Jobs.Providers.Tests;

/// <summary>What each kind of driver knows of its models without configuration.</summary>
internal static class KnownModels
{
    public static CapabilityTable Of(string kind) => new(kind switch
    {
        "local" => LocalModels.Known,
        "openai" => OpenAiModels.Known,
        _ => [.. ReplicateModels.Known.Select(m => m.Capabilities)],
    }, []);
}
