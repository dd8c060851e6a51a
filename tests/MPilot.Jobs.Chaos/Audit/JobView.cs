using System.Collections.Immutable;

using MPilot.Jobs.Chaos.Callers;

namespace MPilot.Jobs.Chaos.Audit;

/// <summary>A job as the service shows it in the end.</summary>
/// <param name="Status">Of its snapshot.</param>
/// <param name="StatusCode">Of its snapshot.</param>
/// <param name="Result">What the synchronous call would have answered.</param>
/// <param name="Downloads">Its pictures, by the links of its snapshot.</param>
/// <param name="Events">All of them, read at once.</param>
internal sealed record JobView(
    string Status, int? StatusCode, (int Status, ImmutableArray<string> Pictures) Result, ImmutableArray<Download> Downloads, IReadOnlyList<EventFrame> Events);
