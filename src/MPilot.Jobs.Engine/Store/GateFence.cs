namespace MPilot.Jobs.Engine.Store;

/// <summary>What a grant is worth: it holds while no newer epoch of its provider's gate was opened.</summary>
public sealed record GateFence(string Provider, long Epoch);
