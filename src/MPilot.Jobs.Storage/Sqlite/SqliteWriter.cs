using System.Threading.Channels;

using Microsoft.Data.Sqlite;

using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;

namespace MPilot.Jobs.Storage.Sqlite;

/// <summary>
/// The one thread that writes. It takes all that waits, up to <see cref="GroupSize"/>, and commits it in one transaction, so that one
/// flush to disk serves many callers; each write has a savepoint, so that one that fails does not fail its group.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>Most writes of one transaction.</summary>
    public const int GroupSize = 256;

    private const int QueueLength = 4096;

    private const string Begin = "BEGIN IMMEDIATE";
    private const string Commit = "COMMIT";
    private const string Rollback = "ROLLBACK";
    private const string Mark = "SAVEPOINT item";
    private const string Release = "RELEASE item";
    private const string Undo = "ROLLBACK TO item";

    // A producer wakes the thread itself: it must not depend on a free thread of the pool.
    private readonly Channel<QueuedWrite> _queue = Channel.CreateBounded<QueuedWrite>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<SqliteSession> _open;
    private readonly JobsInstruments? _instruments;
    private SqliteSession? _session;

    /// <param name="session">The first connection, ready to be written on.</param>
    /// <param name="open">Makes another one, should a connection break.</param>
    /// <param name="instruments">Told of every transaction, if given.</param>
    public SqliteWriter(SqliteSession session, Func<SqliteSession> open, JobsInstruments? instruments = null)
    {
        _instruments = instruments;
        _session = session;
        _open = open;
        new Thread(Work) { Name = "sqlite-writer", IsBackground = true }.Start();
    }

    /// <summary>Runs work inside a durable transaction. Waits while the queue is full.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        var write = new QueuedWrite<T>(work);
        try
        {
            await _queue.Writer.WriteAsync(write, cancellationToken);
        }
        catch (ChannelClosedException error)
        {
            throw new StoreUnavailableException("The database is closed.", error);
        }

        return await write.WaitAsync(cancellationToken);
    }

    /// <summary>Takes no more work, finishes what waits, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stopped.Task;
    }

    private void Work()
    {
        var group = new List<QueuedWrite>(GroupSize);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Take(group);
            Write(group);
            group.Clear();
        }

        _session?.Dispose();
        _stopped.SetResult();
    }

    private void Take(List<QueuedWrite> group)
    {
        while (group.Count < GroupSize && _queue.Reader.TryRead(out var write))
        {
            if (write.TryBegin())
            {
                group.Add(write);
            }
        }
    }

    private void Write(List<QueuedWrite> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        Exception? failure = null;
        try
        {
            var started = _instruments?.Start();
            var session = _session ??= _open();
            session.Prepare(Begin).Run();
            group.ForEach(write => Write(session, write));
            session.Prepare(Commit).Run();
            _instruments?.OnGroupCommitted(group.Count, started!.Value);
        }
        catch (Exception error)
        {
            failure = SqliteErrors.Unavailable(error);
            Recover(error);
        }

        group.ForEach(write => write.Complete(failure));
    }

    private static void Write(SqliteSession session, QueuedWrite write)
    {
        session.Prepare(Mark).Run();
        try
        {
            write.Run(session);
        }
        catch (Exception error) when (session.InTransaction)
        {
            // Without a transaction SQLite has given up the whole group, which then fails as one.
            write.Refuse(SqliteErrors.Translate(error));
            session.Prepare(Undo).Run();
        }

        session.Prepare(Release).Run();
    }

    /// <summary>Leaves a connection without transaction, or none: then the next group opens another.</summary>
    private void Recover(Exception error)
    {
        if (_session is not { } session)
        {
            return;
        }

        var broken = SqliteErrors.IsBroken(error);
        try
        {
            if (session.InTransaction)
            {
                session.Prepare(Rollback).Run();
            }
        }
        catch (SqliteException)
        {
            broken = true;
        }

        if (broken)
        {
            session.Dispose();
            _session = null;
        }
    }
}
