using System.Collections.Concurrent;

using Microsoft.Data.Sqlite;

using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Storage.Sqlite;

/// <summary>A few connections that only read, beside the writer and never behind it.</summary>
internal sealed class SqliteReaders(Func<SqliteSession> open) : IAsyncDisposable
{
    private const int Connections = 4;

    private readonly SemaphoreSlim _free = new(Connections);
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _closed;

    /// <summary>Runs a read on the thread pool. It sees every write that was answered before it was asked for.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Read(work), cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the reads that run, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (var i = 0; i < Connections; i++)
        {
            await _free.WaitAsync();
        }

        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }

        // Not disposed: readers that still wait are let through to find it closed.
        _free.Release(Connections);
    }

    private T Read<T>(Func<SqliteSession, T> work)
    {
        if (_closed)
        {
            throw new StoreUnavailableException("The database is closed.");
        }

        SqliteSession? session = null;
        try
        {
            session = _idle.TryTake(out var idle) ? idle : open();
            return work(session);
        }
        catch (SqliteException error)
        {
            session?.Dispose();
            session = null;
            throw SqliteErrors.Translate(error);
        }
        finally
        {
            if (session is not null)
            {
                _idle.Add(session);
            }
        }
    }
}
