namespace MPilot.Jobs.Fuzz;

/// <summary>Something that reads untrusted bytes.</summary>
internal interface IFuzzTarget
{
    string Name { get; }

    /// <summary>An input: a good one, changed here and there.</summary>
    byte[] Next(Random random);

    /// <summary>Feeds an input. Whatever it throws is a finding.</summary>
    /// <exception cref="BrokenInvariantException">What must hold does not.</exception>
    Task FeedAsync(byte[] input, Random random);
}
