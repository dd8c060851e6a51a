using System.Collections.Immutable;

namespace MPilot.Jobs.Api.Edits;

/// <summary>The values that the choices of one edit have; an absent list takes any, because a server the edit may go to decides for itself.</summary>
internal sealed record EditChoices(
    ImmutableArray<string>? Qualities, ImmutableArray<string>? Backgrounds, ImmutableArray<string>? Fidelities, ImmutableArray<string>? Outputs);
