using Shouldly;

using Xunit;

namespace MPilot.Jobs.Chaos;

/// <summary>A campaign of about a minute; where long tests are wanted, the whole.</summary>
public sealed class ChaosTests
{
    private const int Seed = 5;

    private static readonly CampaignSize Short = new(Jobs: 200, Kills: 10, Seed);

    private static readonly CampaignSize Long = new(Jobs: 2_000, Kills: 100, Seed);

    [Fact]
    public async Task Campaign_WhenTheServiceIsKilledAgainAndAgain_BreaksNoPromise()
    {
        var size = Environment.GetEnvironmentVariable("MPILOT_TEST_LONG") is null ? Short : Long;

        var report = await new Campaign(size, TimeProvider.System).RunAsync();

        report.Violations.ShouldBeEmpty(report.ToString());
    }
}
