using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Hands validated edits to the engine. Bytes become durable first, then the job that owns them.</summary>
internal sealed class JobDesk(
    Pictures pictures, IJobs jobs, IJobStore store, IGates gates, NodeIdentity node, AnswerNotes notes, MPilotOptions options, JobsInstruments instruments)
{
    /// <summary>Submits a job with the pictures of its form.</summary>
    /// <param name="job">What is fixed about it.</param>
    /// <param name="form">Its pictures, not yet committed.</param>
    /// <param name="marks">How it is recognised when it comes again.</param>
    /// <exception cref="StoreUnavailableException">Nothing was accepted, or nobody knows: then the same request, sent again, finds the job if there is one.</exception>
    /// <exception cref="LineFullException">Nothing was accepted.</exception>
    /// <exception cref="FileGoneException">A file the form refers to was deleted; nothing was accepted.</exception>
    public async Task<SubmitAnswer> SubmitAsync(NewJob job, EditForm form, RequestMarks marks)
    {
        using var span = JobTracing.StartSubmit(job.Id);
        var answer = await PlaceAsync(job, form, marks);
        if (answer is SubmitAnswer.Attached)
        {
            instruments.OnAttached();
        }

        return answer;
    }

    private async Task<SubmitAnswer> PlaceAsync(NewJob job, EditForm form, RequestMarks marks)
    {
        var key = marks.Key;

        // What is accepted is accepted even if the caller leaves now: nothing here may be cut short.
        var fingerprint = EditFingerprint.Of(job, marks.Deadline);
        var holder = key is null ? null : await store.FindKeyAsync(job.Tenant, key, job.AcceptedAt, CancellationToken.None);
        if (holder is not null && holder.Fingerprint != fingerprint)
        {
            return new SubmitAnswer.KeyReused();
        }

        if (holder is { MayRunAgain: false })
        {
            return new SubmitAnswer.Attached(holder.Job);
        }

        await AdmitAsync(job);
        await pictures.CommitAsync(form.Uploads, CancellationToken.None);
        var held = key is null ? null : new IdempotencyKey(key, fingerprint, job.AcceptedAt + options.Retention.IdempotencyKeys);
        var listener = marks.IsAwaited ? ListenerOf(marks, fingerprint) : null;
        try
        {
            return await jobs.SubmitAsync(new(job, held) { Listener = listener }, CancellationToken.None);
        }
        catch (ArtifactGoneException gone) when (form.Pictures.FirstOrDefault(p => p.Stored is not null) is { } picture)
        {
            throw new FileGoneException(picture.Name, gone);
        }
        catch (StoreUnavailableException) when (listener is not null)
        {
            // The job may be there all the same. Its caller is told that it is not, so nobody listens to it.
            await notes.OrphanedAsync(job.Id, Listener.First);
            throw;
        }
    }

    /// <summary>The only moment at which a job is turned away: what is accepted waits.</summary>
    private async Task AdmitAsync(NewJob job)
    {
        var provider = FallbackPolicy.FirstUsable(job.Chain, 0) is { } step ? job.Chain[step].Provider : null;
        if (provider is not null && await gates.AdmitAsync(provider, job.Tenant, CancellationToken.None) is GateAdmission.Overloaded overloaded)
        {
            throw new LineFullException(overloaded.RetryAfter);
        }
    }

    private Listener ListenerOf(RequestMarks marks, string fingerprint) => new(marks.Caller.Key, fingerprint, node.Node, node.Epoch)
    {
        AsksAgain = marks.AsksAgain,

        // Nobody is sent to pictures that are gone.
        Window = options.Http.AttachWindow < options.Retention.Results ? options.Http.AttachWindow : options.Retention.Results,
    };
}
