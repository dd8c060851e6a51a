using Xunit;

namespace MPilot.Jobs.Imaging.Tests.Rendering;

/// <summary>Tests that count what the whole process holds.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
