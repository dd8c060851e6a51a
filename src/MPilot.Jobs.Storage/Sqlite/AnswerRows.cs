using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Json;

namespace MPilot.Jobs.Storage.Sqlite;

/// <summary>Who listens to a job without key, and which job a request alike belongs to.</summary>
internal static class AnswerRows
{
    /// <summary>The job the request belongs to, or <c>null</c> where it makes its own.</summary>
    public static InsertAnswer? FindEarlier(SqliteSession session, JobState asked, Listener listener)
    {
        var now = asked.CreatedAt;
        var failedSince = now - AttachRule.ReplayWindow;
        var earlier = Alike(session, asked, listener, AnswerStatus.Orphaned, now - Reach(listener), null)
            .Concat(listener.AsksAgain
                ? Alike(session, asked, listener, AnswerStatus.Awaited, now - Reach(listener), null)
                : Alike(session, asked, listener, AnswerStatus.Awaited, failedSince, JobStatus.Failed))
            .Concat(Alike(session, asked, listener, AnswerStatus.Delivered, failedSince, JobStatus.Failed));
        var newest = earlier
            .Select(e => (e.Job.Id, Verdict: AttachRule.Of(e.Job, e.Answer, listener, now)))
            .Where(e => e.Verdict != AttachVerdict.None)
            .OrderByDescending(e => e.Id, StringComparer.Ordinal)
            .FirstOrDefault();
        return newest.Verdict switch
        {
            AttachVerdict.Attach => new InsertAnswer.Attaches(newest.Id, Attach(session, newest.Id, listener, now)),
            AttachVerdict.Replay => new InsertAnswer.Replays(newest.Id),
            _ => null,
        };
    }

    public static void Insert(SqliteSession session, JobState job, Listener listener)
        => session.Prepare(AnswerSql.Insert)
            .Bind(job.Tenant).Bind(listener.VirtualKey).Bind(listener.Fingerprint).Bind(listener.Node).Bind(listener.Epoch).Bind(job.Id).Bind(job.CreatedAt)
            .Run();

    public static bool Note(SqliteSession session, IEnumerable<AnswerNote> notes)
    {
        foreach (var note in notes)
        {
            session.Prepare(AnswerSql.Note).Bind(StoredName<AnswerStatus>.Of(note.Answer)).Bind(note.At).Bind(note.Job).Bind(note.Listener).Run();
        }

        return true;
    }

    public static int Orphan(SqliteSession session, DateTimeOffset now) => session.Prepare(AnswerSql.Orphan).Bind(now).Bind(now).Run();

    /// <summary>A failure is replayed however short the window is.</summary>
    private static TimeSpan Reach(Listener listener) => listener.Window > AttachRule.ReplayWindow ? listener.Window : AttachRule.ReplayWindow;

    private static IEnumerable<(JobState Job, AnswerStatus Answer)> Alike(
        SqliteSession session, JobState asked, Listener listener, AnswerStatus answer, DateTimeOffset endedSince, JobStatus? status)
        => session.Prepare(AnswerSql.ListAlike)
            .Bind(asked.Tenant).Bind(listener.VirtualKey).Bind(listener.Fingerprint).Bind(StoredName<AnswerStatus>.Of(answer))
            .Bind(endedSince).Bind(status is { } wanted ? StoredName<JobStatus>.Of(wanted) : null)
            .All(row => (JobStateJson.Read(row.BytesAt(0)), answer));

    private static int Attach(SqliteSession session, string job, Listener listener, DateTimeOffset now)
        => (int)session.Prepare(AnswerSql.Attach).Bind(now).Bind(listener.Node).Bind(listener.Epoch).Bind(job).Number()!.Value;
}
