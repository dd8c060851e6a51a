using System.Collections.Concurrent;

using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>
/// Writes down what became of the answers of callers without key. Nobody waits for it.
/// <para>
/// That a listener left is written at once, because its next request may be on its way: the store keeps the order of writes, so a note that was handed over
/// before an insert is seen by it. That an answer arrived is written up to <see cref="AnswerNotesService.FlushInterval"/> later, many in one transaction:
/// until then the job counts as listened to, which keeps repeats off it just as well. So a busy service pays no commit of its own for it, and an idle one
/// at most one a second. The cost: after a crash the last second's answers count as lost, and the same request sent again within the attach window
/// gets the picture it already had instead of a new one.
/// </para>
/// </summary>
public sealed class AnswerNotes(IJobStore store, TimeProvider time)
{
    private const int BatchSize = 256;

    private readonly ConcurrentQueue<AnswerNote> _waiting = new();

    /// <summary>The answer was written to its end.</summary>
    public void Delivered(string job, int listener) => _waiting.Enqueue(new(job, listener, AnswerStatus.Delivered, time.GetUtcNow()));

    /// <summary>The listener left, or was told to ask again.</summary>
    /// <returns>Completes when it is stored, or put aside because the store is away.</returns>
    public Task OrphanedAsync(string job, int listener) => WriteAsync([new(job, listener, AnswerStatus.Orphaned, time.GetUtcNow())], CancellationToken.None);

    /// <summary>Stores what waits; what cannot be stored waits for the next time.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        for (var left = _waiting.Count; left > 0; left -= BatchSize)
        {
            var batch = new List<AnswerNote>(BatchSize);
            while (batch.Count < BatchSize && _waiting.TryDequeue(out var note))
            {
                batch.Add(note);
            }

            await WriteAsync(batch, cancellationToken);
        }
    }

    private async Task WriteAsync(IReadOnlyCollection<AnswerNote> notes, CancellationToken cancellationToken)
    {
        try
        {
            await store.NoteAnswersAsync(notes, cancellationToken);
        }
        catch (Exception failure) when (failure is StoreUnavailableException or OperationCanceledException)
        {
            foreach (var note in notes)
            {
                _waiting.Enqueue(note);
            }
        }
    }
}
