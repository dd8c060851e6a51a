namespace MPilot.Jobs.EndToEnd.Tests.Hostile;

/// <summary>A request nobody well-meaning sends.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Request">The whole of it, byte for byte.</param>
internal sealed record HostileInput(string Name, byte[] Request)
{
    /// <summary>It ends before its body does, so that there may be nobody left to answer.</summary>
    public bool BreaksOff { get; init; }

    /// <summary>It reads and changes nothing; an answer other than an error is right too.</summary>
    public bool IsHarmless { get; init; }
}
