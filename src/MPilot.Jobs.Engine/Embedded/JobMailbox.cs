using System.Diagnostics.CodeAnalysis;

using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Engine.Embedded;

/// <summary>One job's place in this process: its coordinator, and the turns it takes one after the other.</summary>
internal sealed class JobMailbox(JobCoordinator coordinator)
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private int _pending;
    private bool _retired;

    /// <summary>The timer of the next due time, if it is near.</summary>
    public ITimer? Timer { get; set; }

    /// <summary>Whether the newest turn left nothing that needs this mailbox's memory.</summary>
    public bool CanRetire { get; set; }

    /// <summary>Queues a turn. False: the mailbox has retired and another must be made.</summary>
    public bool TryPost<T>(Func<JobCoordinator, Task<T>> turn, [NotNullWhen(true)] out Task<T>? task)
    {
        lock (_gate)
        {
            task = null;
            if (_retired)
            {
                return false;
            }

            _pending++;
            task = TakeTurnAsync(_last, turn);
            _last = task;
            return true;
        }
    }

    /// <summary>Closes the mailbox if no turn is waiting. True: it is retired.</summary>
    public bool TryRetire()
    {
        lock (_gate)
        {
            _retired = _retired || _pending == 0;
            return _retired;
        }
    }

    private async Task<T> TakeTurnAsync<T>(Task previous, Func<JobCoordinator, Task<T>> turn)
    {
        try
        {
            await Task.WhenAny(previous);
            await Task.Yield();
            return await turn(coordinator);
        }
        finally
        {
            lock (_gate)
            {
                _pending--;
            }
        }
    }
}
