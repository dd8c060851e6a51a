using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Json;

namespace MPilot.Jobs.Storage.Sql;

/// <summary>Who listens to a job without key, and which job a request alike belongs to.</summary>
internal static class AnswerRows
{
    /// <summary>What to read, one after the other, to find the job that a request belongs to: <see cref="AnswerSql.ListAlike"/>, read by <see cref="ReadEarlier"/>.</summary>
    public static IEnumerable<T> ListEarlier<T>(IStatements<T> session, JobState asked, Listener listener)
        where T : IStatement<T>
    {
        var failedSince = asked.CreatedAt - AttachRule.ReplayWindow;

        // A failure is replayed however short the window is.
        var reach = asked.CreatedAt - (listener.Window > AttachRule.ReplayWindow ? listener.Window : AttachRule.ReplayWindow);
        yield return Alike(AnswerStatus.Orphaned, reach, null);
        yield return listener.AsksAgain ? Alike(AnswerStatus.Awaited, reach, null) : Alike(AnswerStatus.Awaited, failedSince, JobStatus.Failed);
        yield return Alike(AnswerStatus.Delivered, failedSince, JobStatus.Failed);

        T Alike(AnswerStatus answer, DateTimeOffset endedSince, JobStatus? status)
            => session.Prepare(AnswerSql.ListAlike)
                .Bind(asked.Tenant).Bind(listener.VirtualKey).Bind(listener.Fingerprint).Bind(StoredName<AnswerStatus>.Of(answer))
                .Bind(endedSince).Bind(status is { } wanted ? StoredName<JobStatus>.Of(wanted) : null);
    }

    public static (JobState Job, AnswerStatus Answer) ReadEarlier(IRow row)
        => (JobStateJson.Read(row.BytesAt(1)), StoredName<AnswerStatus>.Parse(row.TextAt(0)));

    /// <summary>The newest of the jobs that are something to the request, and what.</summary>
    public static (string Job, AttachVerdict Verdict) Choose(IEnumerable<(JobState Job, AnswerStatus Answer)> earlier, Listener listener, DateTimeOffset now)
        => earlier
            .Select(e => (e.Job.Id, Verdict: AttachRule.Of(e.Job, e.Answer, listener, now)))
            .Where(e => e.Verdict != AttachVerdict.None)
            .OrderByDescending(e => e.Id, StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>The statement by which a listener joins a job; its one row says as which.</summary>
    public static T Attach<T>(IStatements<T> session, string job, Listener listener, DateTimeOffset now)
        where T : IStatement<T>
        => session.Prepare(AnswerSql.Attach).Bind(now).Bind(listener.Node).Bind(listener.Epoch).Bind(job);

    public static void Insert<T>(IStatements<T> session, JobState job, Listener listener)
        where T : IStatement<T>
        => session.Prepare(AnswerSql.Insert)
            .Bind(job.Tenant).Bind(listener.VirtualKey).Bind(listener.Fingerprint).Bind(listener.Node).Bind(listener.Epoch).Bind(job.Id).Bind(job.CreatedAt)
            .Send();

    public static void Note<T>(IStatements<T> session, IEnumerable<AnswerNote> notes)
        where T : IStatement<T>
    {
        foreach (var note in notes)
        {
            session.Prepare(AnswerSql.Note).Bind(StoredName<AnswerStatus>.Of(note.Answer)).Bind(note.At).Bind(note.Job).Bind(note.Listener).Send();
        }
    }
}
