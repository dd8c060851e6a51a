using System.Collections.Concurrent;
using System.Collections.Immutable;

using MPilot.Jobs.Engine.Gates;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>Takes down who asks and what is given back; answers as the test says.</summary>
public sealed class RecordingGates : IGates
{
    private readonly ConcurrentQueue<string> _released = new();
    private readonly ConcurrentQueue<GateTicket> _asked = new();

    public IReadOnlyCollection<string> Released => _released;

    /// <summary>What every admission is answered.</summary>
    public GateAdmission Admission { get; set; } = new GateAdmission.Admitted();

    public Task<GateAdmission> AdmitAsync(string provider, string tenant, CancellationToken cancellationToken) => Task.FromResult(Admission);

    public IReadOnlyCollection<GateTicket> Asked => _asked;

    /// <summary>How a ticket is answered.</summary>
    public Func<GateTicket, GateAnswer> Answering { get; set; } = _ => throw new NotSupportedException();

    public Task<GateAnswer> RequestAsync(GateTicket ticket, CancellationToken cancellationToken)
    {
        _asked.Enqueue(ticket);
        return Task.FromResult(Answering(ticket));
    }

    public Task CountAsync(GateTicket ticket, GateAnswer.Granted granted, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> RenewAsync(string provider, string lease, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<ImmutableArray<string>> ReportAsync(string provider, string lease, GateReport report, CancellationToken cancellationToken)
    {
        _released.Enqueue(lease);
        return Task.FromResult(ImmutableArray<string>.Empty);
    }

    public Task ReleaseAsync(string provider, string lease, CancellationToken cancellationToken)
    {
        _released.Enqueue(lease);
        return Task.CompletedTask;
    }

    public Task RenounceAsync(string provider, long epoch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task WithdrawAsync(string provider, string job, int attempt, CancellationToken cancellationToken) => Task.CompletedTask;
}
