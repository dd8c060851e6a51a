namespace MPilot.Jobs.Fuzz;

/// <summary>An input that was not dealt with as it must be.</summary>
/// <param name="Case">Makes the input again.</param>
/// <param name="What">The exception, or that there was no end.</param>
internal sealed record Finding(int Case, string What);
