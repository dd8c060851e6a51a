namespace MPilot.Jobs.Chaos.Callers;

/// <summary>One event as it was read.</summary>
/// <param name="Sha256">Of the whole frame: frames are compared, not kept.</param>
internal sealed record EventFrame(long Id, string Name, string Sha256);
