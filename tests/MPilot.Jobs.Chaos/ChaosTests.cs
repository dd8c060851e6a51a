using System.Globalization;

using MPilot.Jobs.Chaos.Audit;

using Shouldly;

using Xunit;
using Xunit.Abstractions;

namespace MPilot.Jobs.Chaos;

/// <summary>The promises hold over the deaths of the service, and the auditor would notice if one did not.</summary>
public sealed class ChaosTests(CampaignFixture campaign, ITestOutputHelper output) : IClassFixture<CampaignFixture>
{
    public static TheoryData<string> Lies => [.. Tampering.Lies.Keys];

    [Fact]
    public void Campaign_WhenTheServiceIsKilledAgainAndAgain_BreaksNoPromise()
    {
        output.WriteLine(campaign.Report.ToString());

        campaign.Report.Violations.ShouldBeEmpty(campaign.Report.ToString());
    }

    [Fact]
    public void Campaign_WhenItIsOver_HasSeenWhatItIsFor()
    {
        var books = campaign.Report.Evidence.Books.Values;

        books.Count().ShouldBeGreaterThan(campaign.Report.Evidence.Plans.Count / 2);
        books.Select(b => b.State.Status).Distinct().Count().ShouldBe(3);
        books.SelectMany(b => b.Calls).Count(c => c.PossibleDouble).ShouldBePositive();
        campaign.Report.Evidence.Readings.Sum(r => r.Connections).ShouldBeGreaterThan(campaign.Report.Evidence.Readings.Count);
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public void Audit_WhenALedgerIsTamperedWith_Notices(string lie)
    {
        var (rule, tamper) = Tampering.Lies[lie];

        var found = Auditor.Audit(tamper(campaign.Report.Evidence));

        found.Select(f => f.Rule).ShouldContain(rule.Name, string.Create(CultureInfo.InvariantCulture, $"of {found.Count} findings"));
    }
}
