using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Tests.Kit;

public sealed partial class MemoryStore
{
    private readonly Dictionary<string, (string Tenant, Listener Listener, int Number, AnswerStatus Answer)> _answers = new(StringComparer.Ordinal);

    public Task NoteAnswersAsync(IReadOnlyCollection<AnswerNote> notes, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            foreach (var note in notes.Where(n => _answers.TryGetValue(n.Job, out var row) && row.Number == n.Listener))
            {
                _answers[note.Job] = _answers[note.Job] with { Answer = note.Answer };
            }

            return true;
        });

    public Task<int> OrphanAnswersAsync(DateTimeOffset now, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            var gone = _answers
                .Where(a => a.Value.Answer == AnswerStatus.Awaited && !IsAlive_NeedsLock(a.Value.Listener.Node, a.Value.Listener.Epoch))
                .Select(a => a.Key)
                .ToList();
            gone.ForEach(job => _answers[job] = _answers[job] with { Answer = AnswerStatus.Orphaned });
            return gone.Count;
        });

    /// <summary>How far a job's answer got; <c>null</c> where nobody listens without key.</summary>
    public AnswerStatus? AnswerOf(string job)
    {
        lock (_gate)
        {
            return _answers.TryGetValue(job, out var row) ? row.Answer : null;
        }
    }

    /// <summary>Completes once a job's answer got as far.</summary>
    public Task WhenAnswerIsAsync(string job, AnswerStatus answer) => WhenAsync(() => _answers.TryGetValue(job, out var row) && row.Answer == answer);

    private InsertAnswer? Earlier_NeedsLock(JobInsert insert)
    {
        var state = insert.State;
        if (insert.Key is { } key && FindKey_NeedsLock(state.Tenant, key.Key, state.CreatedAt) is { } holder)
        {
            return holder.Fingerprint != key.Fingerprint ? new InsertAnswer.KeyReused()
                : holder.MayRunAgain ? null
                : new InsertAnswer.Repeats(holder.Job);
        }

        return insert.Listener is { } listener ? FindEarlier_NeedsLock(state, listener) : null;
    }

    private InsertAnswer? FindEarlier_NeedsLock(JobState asked, Listener listener)
    {
        var (job, verdict) = _answers
            .Where(a => a.Value.Tenant == asked.Tenant && IsAlike(a.Value.Listener, listener))
            .OrderByDescending(a => a.Key, StringComparer.Ordinal)
            .Select(a => (a.Key, AttachRule.Of(_jobs[a.Key], a.Value.Answer, listener, asked.CreatedAt)))
            .FirstOrDefault(a => a.Item2 != AttachVerdict.None);
        switch (verdict)
        {
            case AttachVerdict.Attach:
                var number = _answers[job].Number + 1;
                _answers[job] = (asked.Tenant, listener, number, AnswerStatus.Awaited);
                return new InsertAnswer.Attaches(job, number);
            case AttachVerdict.Replay:
                return new InsertAnswer.Replays(job);
            default:
                return null;
        }
    }

    private static bool IsAlike(Listener left, Listener right) => left.VirtualKey == right.VirtualKey && left.Fingerprint == right.Fingerprint;

    private KeyHolder? FindKey_NeedsLock(string tenant, string key, DateTimeOffset now)
        => _keys.TryGetValue((tenant, key), out var holder) && holder.Key.ExpiresAt > now
            ? new KeyHolder(holder.Job, holder.Key.Fingerprint, _jobs[holder.Job].MayRunAgain)
            : null;
}
