using Xunit;

namespace MPilot.Jobs.Chaos;

/// <summary>One campaign of less than a minute; where long tests are wanted, a whole one.</summary>
public sealed class CampaignFixture : IAsyncLifetime
{
    private const int Seed = 5;

    private static readonly CampaignSize Short = new(Jobs: 200, Kills: 10, Seed);

    private static readonly CampaignSize Long = new(Jobs: 2_000, Kills: 100, Seed);

    internal CampaignReport Report { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var size = Environment.GetEnvironmentVariable("MPILOT_TEST_LONG") is null ? Short : Long;
        Report = await new Campaign(size, TimeProvider.System).RunAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
