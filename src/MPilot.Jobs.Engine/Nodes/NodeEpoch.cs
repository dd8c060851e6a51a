namespace MPilot.Jobs.Engine.Nodes;

/// <summary>One life of a node: what it claims is its own until this epoch's lease has ended.</summary>
/// <param name="Node">Its id.</param>
/// <param name="Epoch">As the store gave it.</param>
public readonly record struct NodeEpoch(string Node, long Epoch);
