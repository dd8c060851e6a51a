using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Api.Edits;

/// <summary>A further model to try.</summary>
/// <param name="Model">As <c>provider/model</c>.</param>
/// <param name="Spec">The edit with what the entry overrides; <c>null</c> where it overrides nothing.</param>
internal sealed record FallbackWish(string Model, EditSpec? Spec);
