namespace MPilot.Jobs.Simulators.Scripting;

/// <summary>A call whose upload has been read, as far as a script may ask.</summary>
/// <param name="Provider">Such as <c>openai</c>.</param>
/// <param name="Key">The last four characters of the secret; null without one.</param>
/// <param name="Model">Null if the upload has none.</param>
/// <param name="Prompt">Null if the upload has none.</param>
/// <param name="Call">Which of the calls of a provider's job, as <see cref="ScriptMatch.Call"/> has it; null for the one that starts the work.</param>
public sealed record ScriptedCall(string Provider, string? Key, string? Model, string? Prompt, string? Call = null);
