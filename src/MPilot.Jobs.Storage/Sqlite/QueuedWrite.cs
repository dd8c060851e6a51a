namespace MPilot.Jobs.Storage.Sqlite;

/// <summary>One write that waits for the writer thread. It is begun or canceled, never both.</summary>
internal abstract class QueuedWrite
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Canceled = 2;

    private int _state;

    /// <summary>False: it was canceled while it waited, and must not be run.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;

    /// <summary>Runs inside the group's transaction and keeps the answer for <see cref="Complete"/>.</summary>
    public abstract void Run(SqliteSession session);

    /// <summary>Keeps an error of its own for <see cref="Complete"/>.</summary>
    public abstract void Refuse(Exception error);

    /// <summary>Tells the caller: the group's failure if there is one, else its own answer or error.</summary>
    public abstract void Complete(Exception? failure);

    protected bool TryCancel() => Interlocked.CompareExchange(ref _state, Canceled, Waiting) == Waiting;
}
