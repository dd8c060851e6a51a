namespace MPilot.Jobs.Engine.Nodes;

/// <summary>What has work under way that is better ended than cut off.</summary>
public interface IDrainable
{
    /// <summary>Starts nothing more; completes when nothing is under way any more.</summary>
    Task DrainAsync();
}
