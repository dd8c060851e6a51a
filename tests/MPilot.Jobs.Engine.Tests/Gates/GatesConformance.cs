using System.Threading.Channels;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Gates;

/// <summary>What every implementation of the gates does.</summary>
public abstract class GatesConformance
{
    private const int HangGuard = 60_000;

    private readonly Channel<(string Job, JobFact Fact)> _told = Channel.CreateUnbounded<(string, JobFact)>();

    protected GatesConformance()
    {
        World.Options.Providers["a"].Concurrency = 1;
        World.Options.Providers["a"].MaxQueued = 1;
    }

    protected World World { get; } = new();

    /// <summary>Gates of the world's providers, on its clock.</summary>
    protected abstract IGates Create(Action<GateTicket, JobFact> tell);

    [Fact(Timeout = HangGuard)]
    public async Task Request_WhenAPlaceIsFreed_TellsTheTicketInLine()
    {
        var gates = Create();
        var first = await GrantAsync(gates, "1");
        (await gates.RequestAsync(Ticket("2"), default)).ShouldBeOfType<GateAnswer.Queued>();
        await gates.ReleaseAsync("a", first.Lease, default);
        await gates.ReleaseAsync("a", first.Lease, default);

        var (job, fact) = await _told.Reader.ReadAsync();
        var granted = fact.ShouldBeOfType<JobFact.GateGranted>();
        (job, granted.Attempt).ShouldBe(("2", 1));
        (await GrantAsync(gates, "2")).ShouldBe(new GateAnswer.Granted(granted.Key, granted.Lease));
    }

    [Fact(Timeout = HangGuard)]
    public async Task Lease_WhenNotRenewed_EndsByItself()
    {
        var gates = Create();
        var first = await GrantAsync(gates, "1");
        await gates.RequestAsync(Ticket("2"), default);
        (await gates.RenewAsync("a", first.Lease, default)).ShouldBeTrue();

        World.Time.Advance(LeaseTerms.Life + TimeSpan.FromSeconds(1));

        (await _told.Reader.ReadAsync()).Job.ShouldBe("2");
        (await gates.RenewAsync("a", first.Lease, default)).ShouldBeFalse();
    }

    [Fact(Timeout = HangGuard)]
    public async Task Report_WhenTheOnlyKeyRests_ClosesTheGateForWhoMayFallBackAndWakesTheOthers()
    {
        var gates = Create();
        var first = await GrantAsync(gates, "1");
        await gates.RequestAsync(Ticket("2") with { MayFallBack = true }, default);
        await gates.RequestAsync(Ticket("3"), default);

        (await gates.ReportAsync("a", first.Lease, new(FailureKind.RateLimited, TimeSpan.FromSeconds(30)), default)).ShouldBeEmpty();

        var (job, fact) = await _told.Reader.ReadAsync();
        (job, fact).ShouldBe(("2", new JobFact.GateClosed(World.Time.GetUtcNow(), 1)));
        (await gates.RequestAsync(Ticket("4") with { MayFallBack = true }, default)).ShouldBeOfType<GateAnswer.Closed>();
        World.Time.Advance(TimeSpan.FromSeconds(31));
        (await _told.Reader.ReadAsync()).Job.ShouldBe("3");
    }

    [Fact(Timeout = HangGuard)]
    public async Task Count_WhenACallIsOut_TakesItsPlaceUntilItIsGivenBack()
    {
        var gates = Create();
        await gates.CountAsync(Ticket("1"), new("", "lea_old"), default);
        await gates.CountAsync(Ticket("1"), new("", "lea_old"), default);
        (await gates.RequestAsync(Ticket("2"), default)).ShouldBeOfType<GateAnswer.Queued>();

        await gates.WithdrawAsync("a", "1", 1, default);

        (await _told.Reader.ReadAsync()).Job.ShouldBe("2");
    }

    [Fact(Timeout = HangGuard)]
    public async Task Admit_WhenTheLineIsFull_SaysWhenToComeBack()
    {
        var gates = Create();
        await GrantAsync(gates, "1");
        (await gates.AdmitAsync("a", "default", default)).ShouldBeOfType<GateAdmission.Admitted>();
        await gates.RequestAsync(Ticket("2"), default);

        (await gates.AdmitAsync("a", "default", default)).ShouldBeOfType<GateAdmission.Overloaded>().RetryAfter.TotalSeconds.ShouldBeInRange(1, 60);
        (await gates.AdmitAsync("b", "default", default)).ShouldBeOfType<GateAdmission.Admitted>();
    }

    [Fact(Timeout = HangGuard)]
    public async Task Provider_WhenNotConfigured_IsNotGated()
    {
        var gates = Create();

        (await gates.RequestAsync(new("gone", "default", "1", 1), default)).ShouldBe(new GateAnswer.Granted("", ""));
        await gates.ReleaseAsync("gone", "", default);
        await gates.WithdrawAsync("gone", "1", 1, default);
        (await gates.RenewAsync("gone", "", default)).ShouldBeTrue();
    }

    protected static GateTicket Ticket(string job) => new("a", "default", job, 1) { AcceptedAt = ManualTime.Start };

    private static async Task<GateAnswer.Granted> GrantAsync(IGates gates, string job)
        => (await gates.RequestAsync(Ticket(job), default)).ShouldBeOfType<GateAnswer.Granted>();

    private IGates Create() => Create((ticket, fact) => _told.Writer.TryWrite((ticket.Job, fact)));
}
