namespace MPilot.Jobs.Engine.Gates;

/// <summary>One key of a gate and how many calls it has in flight.</summary>
internal sealed class GateKey(string name, double weight, int concurrency)
{
    public string Name { get; } = name;

    public double Weight { get; } = weight;

    public int Concurrency { get; } = concurrency;

    public int InFlight { get; set; }
}
