using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Json;

namespace MPilot.Jobs.Storage.Sqlite;

/// <summary>The rows of one version of a job. Turned to JSON when made, on the caller's thread; written later on the writer's.</summary>
internal sealed class JobRows
{
    private readonly JobState _state;
    private readonly byte[] _body;
    private readonly List<(JobEvent Event, byte[] Body)> _events;

    public JobRows(JobState state, IEnumerable<JobEvent> events)
    {
        _state = state;
        _body = JobStateJson.Write(state);
        _events = [.. events.Select(e => (e, JobEventJson.Write(e)))];
    }

    /// <exception cref="VersionConflictException">There is a job of that id.</exception>
    public void Insert(SqliteSession session)
    {
        var inserted = session.Prepare(JobSql.Insert)
            .Bind(_state.Id).Bind(_state.Tenant).Bind(_state.Version).Bind(StoredName<JobStatus>.Of(_state.Status))
            .Bind(_state.ModelRequested).Bind(_state.RequestId).Bind(_state.CreatedAt).Bind(DueAt()).Bind(_state.Deadline).Bind(_state.CompletedAt)
            .Bind(_state.Schema).BindText(_body)
            .Run();
        RequireOne(inserted);
        WriteAround(session);
    }

    /// <exception cref="VersionConflictException">The stored version is not one less.</exception>
    public void Update(SqliteSession session)
    {
        var updated = session.Prepare(JobSql.Update)
            .Bind(_state.Version).Bind(StoredName<JobStatus>.Of(_state.Status)).Bind(DueAt()).Bind(_state.CompletedAt)
            .Bind(_state.Schema).BindText(_body).Bind(_state.Id).Bind(_state.Version - 1)
            .Run();
        RequireOne(updated);
        WriteAround(session);
    }

    private void RequireOne(int rows)
    {
        if (rows != 1)
        {
            throw new VersionConflictException($"Job {_state.Id} is not stored in the version before {_state.Version}.");
        }
    }

    private void WriteAround(SqliteSession session)
    {
        PurchaseRows.Write(session, _state);

        foreach (var (fact, body) in _events)
        {
            session.Prepare(JobSql.InsertEvent)
                .Bind(_state.Id).Bind(fact.Sequence).Bind(_state.Tenant).Bind(JobEventJson.TypeOf(fact)).Bind(fact.At).BindText(body)
                .Run();
            session.Prepare(JobSql.InsertOutbox).Bind(_state.Tenant).Bind(_state.Id).Bind(fact.Sequence).Run();
        }
    }

    /// <summary>Rounded up to a whole millisecond: a job listed as due must be due.</summary>
    private long? DueAt() => _state.DueAt is { } due ? due.AddTicks(TimeSpan.TicksPerMillisecond - 1).ToUnixTimeMilliseconds() : null;
}
