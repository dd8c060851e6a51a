using Xunit;

namespace MPilot.Jobs.Engine.Tests.Streaming;

/// <summary>Tests that count what the whole process holds.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
