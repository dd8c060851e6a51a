using MPilot.Jobs.Chaos.Audit;
using MPilot.Jobs.Chaos.Audit.Rules;
using MPilot.Jobs.Chaos.Cluster;

using Shouldly;

using Xunit;
using Xunit.Abstractions;

namespace MPilot.Jobs.Cluster.Tests;

/// <summary>The promises hold whatever happens to a cluster.</summary>
public sealed class ClusterCampaignTests(ITestOutputHelper output)
{
    private const int Seed = 5;

    private static readonly ClusterSize Short = new(Silos: 3, Jobs: 120, Troubles: 8, Seed);

    private static readonly ClusterSize Long = new(Silos: 3, Jobs: 1_500, Troubles: 100, Seed);

    [Fact]
    public async Task Campaign_WhenSilosDieAndSleepAndAreCutOff_BreaksNoPromise()
    {
        var size = Environment.GetEnvironmentVariable("MPILOT_TEST_LONG") is null ? Short : Long;

        var report = await new ClusterCampaign(size, TimeProvider.System).RunAsync();

        output.WriteLine(report.ToString());
        report.Violations.ShouldBeEmpty(report.ToString());
        report.Evidence.Books.Count.ShouldBeGreaterThan(size.Jobs / 2);
        report.Evidence.Gate!.Peak.ShouldBeGreaterThan(GatedProvider.Limit / 2, "else the limit was hardly tried");
        Broken(report.Evidence, gate => gate with { Peak = gate.Limit + 1 }).ShouldBeTrue();
        Broken(report.Evidence, gate => gate with { Regained = null }).ShouldBeTrue();
    }

    private static bool Broken(Evidence evidence, Func<GateFindings, GateFindings> tamper)
        => new GateRule().Check(evidence with { Gate = tamper(evidence.Gate!) }).Any();
}
