namespace MPilot.Jobs.Fuzz;

/// <summary>What must hold for every input did not.</summary>
internal sealed class BrokenInvariantException(string message) : Exception(message)
{
    public static void Unless(bool holds, string message)
    {
        if (!holds)
        {
            throw new BrokenInvariantException(message);
        }
    }
}
