namespace MPilot.Jobs.Chaos.Audit;

/// <summary>Something that must hold whatever happened.</summary>
internal interface IRule
{
    /// <summary>What the report calls it.</summary>
    string Name { get; }

    /// <summary>One line for every case in which it does not hold.</summary>
    IEnumerable<string> Check(Evidence evidence);
}
