namespace MPilot.Jobs.Simulators.Scripting;

/// <summary>Which calls a rule is for; what is not given matches any.</summary>
public sealed record ScriptMatch
{
    /// <summary>Such as <c>openai</c> or <c>replicate</c>.</summary>
    public string? Provider { get; init; }

    /// <summary>
    /// Which call of those a provider's job takes: <c>upload</c>, <c>poll</c>, <c>cancel</c>, <c>delete</c> or <c>output</c>. Default: the one that
    /// starts the work, and the only one of providers without jobs.
    /// </summary>
    public string? Call { get; init; }

    public string? Model { get; init; }

    public string? PromptContains { get; init; }

    /// <summary>The last four characters of the secret.</summary>
    public string? Key { get; init; }

    internal bool NeedsBody => Model is not null || PromptContains is not null;

    internal bool FitsHead(string provider, string? key, string? call) =>
        (Provider ?? provider) == provider && (Key is null || Key == key) && Call == call;

    internal bool FitsBody(string? model, string? prompt) =>
        (Model is null || Model == model) && (PromptContains is null || prompt?.Contains(PromptContains, StringComparison.Ordinal) == true);
}
