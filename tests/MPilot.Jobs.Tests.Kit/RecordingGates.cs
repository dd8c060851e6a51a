using System.Collections.Concurrent;

using MPilot.Jobs.Engine.Gates;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>Takes down what is given back.</summary>
public sealed class RecordingGates : IGates
{
    private readonly ConcurrentQueue<string> _released = new();

    public IReadOnlyCollection<string> Released => _released;

    public Task<GateAnswer> RequestAsync(GateTicket ticket, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ReleaseAsync(string provider, string lease, CancellationToken cancellationToken)
    {
        _released.Enqueue(lease);
        return Task.CompletedTask;
    }

    public Task WithdrawAsync(string provider, string job, int attempt, CancellationToken cancellationToken) => throw new NotSupportedException();
}
