namespace MPilot.Jobs.Storage.Sqlite;

/// <summary>A queued write with an answer.</summary>
internal sealed class QueuedWrite<T>(Func<SqliteSession, T> work) : QueuedWrite
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _answer;
    private Exception? _error;

    public override void Run(SqliteSession session) => _answer = work(session);

    public override void Refuse(Exception error) => _error = error;

    public override void Complete(Exception? failure)
    {
        if ((failure ?? _error) is { } error)
        {
            _done.SetException(error);
        }
        else
        {
            _done.SetResult(_answer!);
        }
    }

    /// <summary>Waits for the true result. Cancellation counts only while the write has not begun.</summary>
    public async Task<T> WaitAsync(CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((QueuedWrite<T>)state!).Cancel(token), this);
        return await _done.Task;
    }

    private void Cancel(CancellationToken token)
    {
        if (TryCancel())
        {
            _done.SetCanceled(token);
        }
    }
}
