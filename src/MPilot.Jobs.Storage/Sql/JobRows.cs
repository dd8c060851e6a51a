using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Json;

namespace MPilot.Jobs.Storage.Sql;

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

    /// <summary>Says that there is a job of that id, or that the stored version is not one less.</summary>
    public VersionConflictException Conflict => new($"Job {_state.Id} is not stored in the version before {_state.Version}.");

    /// <summary>Writes what goes with the job's row.</summary>
    /// <param name="session">Where to.</param>
    /// <param name="insertOutbox">How the database numbers what waits to be delivered; of tenant, job and sequence.</param>
    /// <param name="insertPositioned">How it gives an event the same number as its position; as <see cref="JobSql.InsertEvent"/>, right after <paramref name="insertOutbox"/>.</param>
    public void WriteAround<T>(IStatements<T> session, string insertOutbox, string insertPositioned)
        where T : IStatement<T>
    {
        PurchaseRows.Write(session, _state);

        foreach (var (fact, body) in _events)
        {
            session.Prepare(insertOutbox).Bind(_state.Tenant).Bind(_state.Id).Bind(fact.Sequence).Send();
            session.Prepare(fact.IsAboutPicture ? JobSql.InsertEvent : insertPositioned)
                .Bind(_state.Id).Bind(fact.Sequence).Bind(_state.Tenant).Bind(JobEventJson.TypeOf(fact)).Bind(fact.At).BindText(body)
                .Send();
        }
    }

    /// <summary>Inserts one row, or none where there is a job of that id.</summary>
    public T Insert<T>(IStatements<T> session)
        where T : IStatement<T>
        => session.Prepare(JobSql.Insert)
            .Bind(_state.Id).Bind(_state.Tenant).Bind(_state.Version).Bind(StoredName<JobStatus>.Of(_state.Status))
            .Bind(_state.ModelRequested).Bind(_state.RequestId).Bind(_state.CreatedAt).Bind(DueAt()).Bind(_state.Deadline).Bind(_state.CompletedAt)
            .Bind(_state.Schema).BindText(_body);

    /// <summary>Changes one row, or none where the job is not in the version before.</summary>
    public T Update<T>(IStatements<T> session)
        where T : IStatement<T>
        => session.Prepare(JobSql.Update)
            .Bind(_state.Version).Bind(StoredName<JobStatus>.Of(_state.Status)).Bind(DueAt()).Bind(_state.CompletedAt)
            .Bind(_state.Schema).BindText(_body).Bind(_state.Id).Bind(_state.Version - 1);

    /// <summary>Rounded up to a whole millisecond: a job listed as due must be due.</summary>
    private long? DueAt() => _state.DueAt is { } due ? due.AddTicks(TimeSpan.TicksPerMillisecond - 1).ToUnixTimeMilliseconds() : null;
}
