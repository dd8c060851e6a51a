using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Engine.Catalog;

/// <summary>A place of a chain that is still to be planned.</summary>
/// <param name="Found">Who serves there.</param>
/// <param name="Spec">The edit as it is wanted there; <c>null</c>: as everywhere.</param>
public sealed record ChainTarget(ModelResolution.Found Found, EditSpec? Spec = null);
