using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

namespace MPilot.Jobs.Engine.Tests.Gates;

/// <summary>A gate's rules with a clock turned by hand, and all that was told.</summary>
internal sealed class GateBench(ProviderOptions options)
{
    public DateTimeOffset Now { get; set; } = ManualTime.Start;

    public ProviderGate Gate { get; } = new(options, new Ids(new ManualTime()), (_, _) => { });

    public List<GateTelling> Told { get; } = [];

    /// <summary>Jobs whose turn came, in order.</summary>
    public IEnumerable<string> Granted => Told.Where(t => t.Fact is JobFact.GateGranted).Select(t => t.Ticket.Job);

    public IEnumerable<string> Closed => Told.Where(t => t.Fact is JobFact.GateClosed).Select(t => t.Ticket.Job);

    public static ProviderOptions Options(int concurrency, params double[] weights) => new()
    {
        Concurrency = concurrency,
        AwaitedReserve = 0,
        Keys = [.. weights.Select((w, i) => new ProviderKeyOptions { Name = $"key{i + 1}", Weight = w })],
    };

    public static GateTicket Ticket(string job, string tenant = "default") => new("a", tenant, job, 1) { AcceptedAt = ManualTime.Start };

    public GateAnswer Request(GateTicket ticket) => Call(gate => gate.Request(ticket, Now));

    public GateAnswer.Granted Grant(string job) => Request(Ticket(job)).ShouldBeOfType<GateAnswer.Granted>();

    public void Release(string lease) => Call(gate => { gate.Release(lease, Now); return true; });

    public void Report(string lease, GateReport report) => Call(gate => gate.Report(lease, report, Now));

    public string LeaseOf(string job) => ((JobFact.GateGranted)Told.Last(t => t.Ticket.Job == job).Fact).Lease;

    /// <summary>Lets time go by, waking the gate whenever it asked to be.</summary>
    public void Advance(TimeSpan by)
    {
        var target = Now + by;
        while (Gate.WakeAt is { } at && at <= target)
        {
            at.ShouldBeGreaterThan(Now);
            Now = at;
            Call(gate => { gate.Wake(Now); return true; });
        }

        Now = target;
    }

    public T Call<T>(Func<ProviderGate, T> call)
    {
        var answer = call(Gate);
        Told.AddRange(Gate.TakeTold());
        return answer;
    }
}
