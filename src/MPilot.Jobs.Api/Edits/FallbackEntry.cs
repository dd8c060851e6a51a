using MPilot.Jobs.Api.Errors;

namespace MPilot.Jobs.Api.Edits;

/// <summary>An entry of <c>fallbacks</c> as read.</summary>
/// <param name="Model">As <c>provider/model</c>.</param>
/// <param name="Overrides">The fields it has of its own.</param>
/// <param name="Mistakes">What is wrong with those, by the names they have in the entry.</param>
internal sealed record FallbackEntry(string Model, IReadOnlyList<FormField> Overrides, Mistakes Mistakes);
