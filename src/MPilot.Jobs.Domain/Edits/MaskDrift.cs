namespace MPilot.Jobs.Domain.Edits;

/// <summary>How far a provider changed what a mask keeps, before it was put back.</summary>
/// <param name="Changed">Share (0..1) of the kept pixels of which a channel differs by more than 8 of 255.</param>
/// <param name="Mean">Mean absolute difference over all channels of the kept pixels, 0..255.</param>
public sealed record MaskDrift(double Changed, double Mean);
