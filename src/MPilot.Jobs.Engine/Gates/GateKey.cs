namespace MPilot.Jobs.Engine.Gates;

/// <summary>One key of a gate and how many calls it has in flight.</summary>
internal sealed class GateKey(string name, double weight, int concurrency)
{
    private long _made;

    public string Name { get; } = name;

    public double Weight { get; } = weight;

    public int Concurrency { get; } = concurrency;

    public int InFlight { get; private set; }

    public bool IsFree => InFlight < Concurrency;

    /// <summary>How loaded the key is in shares of its weight: first by calls in flight, then by calls ever made. A key without weight comes last.</summary>
    public (double InFlight, double Made) Load
        => Weight > 0 ? (InFlight / Weight, _made / Weight) : (double.PositiveInfinity, _made);

    public void Take()
    {
        InFlight++;
        _made++;
    }

    public void GiveBack() => InFlight--;
}
