namespace MPilot.Jobs.Engine.Nodes;

/// <summary>How far this process is on its way out: first it takes no more work, then nobody may wait any longer.</summary>
public sealed class Draining : IDisposable
{
    private readonly CancellationTokenSource _over = new();

    public Draining() => Over = _over.Token;

    /// <summary>Whether the process was told to stop: it accepts nothing new, what it has begun may end.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Signalled when all that could end has ended, or had its time: whoever still waits for a job is told to come back.</summary>
    public CancellationToken Over { get; }

    public void Begin() => HasBegun = true;

    public Task EndAsync() => _over.CancelAsync();

    public void Dispose() => _over.Dispose();
}
