using MPilot.Jobs.Simulators.Scripting;

namespace MPilot.Jobs.Simulators.Replicate;

/// <summary>An error answer.</summary>
internal sealed record ReplicateRefusal(int Status, string Detail, string? Title = null, string[]? Fields = null)
{
    public static ReplicateRefusal NotFound { get; } = new(404, "The requested resource could not be found.");

    public static ReplicateRefusal Key { get; } = new(401, "You did not pass a valid authentication token", "Unauthenticated");

    public static ReplicateRefusal Credit { get; } = new(
        402, "You have insufficient credit to run this model. Go to https://replicate.com/account/billing#billing to purchase credit.", "Insufficient credit");

    public static ReplicateRefusal Version { get; } = new(422, "The specified version does not exist (or perhaps you don't have permission to use it?)", "Invalid version or not permitted");

    public static ReplicateRefusal Invalid((string Field, string Mistake)[] mistakes) => new(
        422, string.Concat(mistakes.Select(mistake => $"- input.{mistake.Field}: {mistake.Mistake}\n")), "Input validation failed", [.. mistakes.Select(mistake => mistake.Field)]);

    /// <summary>What the script wants, in words that fit its status.</summary>
    public static ReplicateRefusal Scripted(ScriptAction action) => action switch
    {
        { RefuseKey: true } or { Status: 401 } => Said(Key, action),
        { Quota: true } or { Status: 402 } => Said(Credit, action),
        { Status: 404 } => Said(NotFound, action),
        { Status: 429 } => Said(new(429, "Request was throttled. Your rate limit resets in ~30s."), action),
        { Status: >= 500 and var status } => Said(new(status, "Something went wrong.", "Internal server error"), action),
        _ => Said(new(action.Status ?? 400, "The request is invalid.", "Bad request"), action),
    };

    private static ReplicateRefusal Said(ReplicateRefusal refusal, ScriptAction action) => refusal with { Detail = action.Message ?? refusal.Detail };
}
