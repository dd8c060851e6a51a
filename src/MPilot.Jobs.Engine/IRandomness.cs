namespace MPilot.Jobs.Engine;

/// <summary>Where chance comes from: jitter and weighted choice. Injected, so that tests decide.</summary>
public interface IRandomness
{
    /// <summary>Uniform in [0, 1).</summary>
    double NextUnit();
}
