using System.Collections.Immutable;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Catalog;

namespace MPilot.Jobs.Api.Edits;

/// <summary>A request without mistakes, and what each step of its chain would do. Whether any step can be tried is still to be asked.</summary>
/// <param name="Wishes">What it asks for.</param>
/// <param name="Targets">What its model and fallbacks mean, in order.</param>
/// <param name="Chain">One step per target.</param>
internal sealed record PlannedEdit(EditWishes Wishes, IReadOnlyList<ModelResolution.Found> Targets, ImmutableArray<Step> Chain);
