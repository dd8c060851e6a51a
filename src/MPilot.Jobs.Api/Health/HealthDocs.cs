using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;

namespace MPilot.Jobs.Api.Health;

/// <summary>Describes the health endpoints.</summary>
internal static class HealthDocs
{
    private const string Group = "Health";

    private static readonly ReadinessRow Store = new("store", "ok", null);
    private static readonly ReadinessRow Artifacts = new("artifacts", "ok", null);
    private static readonly ReadinessRow Bus = new("bus", "ok", null);

    public static readonly CallDoc Live = new("getLiveness", Group, "Ask whether the process lives")
    {
        Answers = [AnswerDoc.Json(200, "It does.", ApiJson.Wire.ReadinessBody, ("live", new("live")))],
    };

    public static readonly CallDoc Ready = new("getReadiness", Group, "Ask whether edits can be taken")
    {
        Answers =
        [
            AnswerDoc.Json(
                200, "They can, perhaps not by all providers.", ApiJson.Wire.ReadinessBody,
                ("ready", new("ready", [Store, Artifacts, Bus, new("provider:openai", "ok", null)])),
                ("degraded", new("degraded", [Store, Artifacts, Bus, new("provider:local", "unavailable", "libvips 8.9 or newer is not installed.")]))),
            AnswerDoc.Json(
                503, "They cannot.", ApiJson.Wire.ReadinessBody,
                ("unavailable", new("unavailable", [new("store", "unavailable", "The job store cannot be reached.")]))),
            .. ErrorDocs.OfOpen().Where(e => e.Status != 503),
        ],
    };
}
