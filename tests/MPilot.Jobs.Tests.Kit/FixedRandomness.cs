using MPilot.Jobs.Engine;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>Always the same chance.</summary>
public sealed class FixedRandomness(double unit = 0.5) : IRandomness
{
    public double Unit { get; set; } = unit;

    public double NextUnit() => Unit;
}
