namespace MPilot.Jobs.Storage.Tests.AzureBlob;

/// <summary>Tests that measure the process: each runs when no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
