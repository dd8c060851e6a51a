using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>What goes wrong with one process's durable steps (writes of rows and commits of bytes), counted from 1.</summary>
public sealed class Faults
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _happened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _step;
    private int _failAt;
    private bool _afterCommit;
    private bool _kills;
    private bool _dead;
    private int _failingReads;
    private int _readsBefore;

    /// <summary>Completes when the planned fault has happened.</summary>
    public Task Happened => _happened.Task;

    /// <summary>Completes when the process has died.</summary>
    public Task Died => _died.Task;

    /// <summary>Whether the job store is away: every step and read throws that it is unavailable.</summary>
    public bool StoreIsAway { get; set; }

    /// <summary>Reads so far, failed ones too.</summary>
    public int Reads { get; private set; }

    /// <summary>Nothing goes wrong.</summary>
    public static Faults None() => new();

    /// <summary>The k-th step throws once that the store is unavailable, although it may have been carried out.</summary>
    public static Faults UnavailableAt(int step, bool afterCommit) => new() { _failAt = step, _afterCommit = afterCommit };

    /// <summary>The process dies at its k-th step: that step and all later calls throw.</summary>
    public static Faults KilledAt(int step, bool afterCommit) => new() { _failAt = step, _afterCommit = afterCommit, _kills = true };

    /// <summary>Cuts the process off from its disk, now.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            Die_NeedsLock();
        }
    }

    /// <summary>After so many more reads, the next ones throw that the store is unavailable.</summary>
    public void FailReads(int count, int skip = 0)
    {
        lock (_gate)
        {
            (_failingReads, _readsBefore) = (count, skip);
        }
    }

    /// <summary>Carries out one durable step of the artifact store: a step to be killed at. Unavailable is only ever the job store.</summary>
    public Task WriteBytesAsync(Func<Task> write) => _kills ? WriteAsync(write) : write();

    /// <summary>Carries out one durable step, or not.</summary>
    public Task<T> WriteAsync<T>(Func<Task<T>> write)
    {
        lock (_gate)
        {
            var fails = ++_step == _failAt;
            if (_dead || StoreIsAway || (fails && !_afterCommit))
            {
                return Task.FromException<T>(Failure_NeedsLock());
            }

            var written = write();
            return fails && written.IsCompletedSuccessfully ? Task.FromException<T>(Failure_NeedsLock()) : written;
        }
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<Task> write)
        => WriteAsync(() => write() is { IsCompletedSuccessfully: false } failed ? Failed(failed) : Task.FromResult(true));

    public Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        lock (_gate)
        {
            Reads++;
            return _dead || StoreIsAway || (_readsBefore-- <= 0 && _failingReads-- > 0) ? Task.FromException<T>(Failure_NeedsLock()) : read();
        }
    }

    private static async Task<bool> Failed(Task failed)
    {
        await failed;
        return true;
    }

    private void Die_NeedsLock()
    {
        _dead = true;
        _died.TrySetResult();
        _happened.TrySetResult();
    }

    private Exception Failure_NeedsLock()
    {
        if (_kills)
        {
            Die_NeedsLock();
        }

        _happened.TrySetResult();
        return _dead ? new ProcessKilledException() : new StoreUnavailableException("Injected.");
    }
}
