using System.Globalization;
using System.Security.Cryptography;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Money;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Tests.Support;

/// <summary>An engine that runs every attempt at once, as <see cref="Outcome"/> says.</summary>
internal sealed class InstantJobs(MemoryStore store, MemoryArtifacts artifacts, MemoryFeed feed, Ids ids, TimeProvider time) : IJobs
{
    /// <summary>How long an attempt takes, as far as facts tell. 211 ms.</summary>
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(211);

    /// <summary>What every filled slot gets.</summary>
    public byte[] Picture { get; set; } = Png.Of(16, 12);

    /// <summary>How an attempt ends; <c>null</c>: it goes on for ever. Default: it brings a picture for every slot.</summary>
    public Func<JobState, Attempt, AttemptOutcome?>? Outcome { get; set; }

    /// <summary>What an attempt costs. Default: nobody knows.</summary>
    public Func<Attempt, Cost?> Cost { get; set; } = _ => null;

    /// <summary>What happens between the moment a job is stored and the answer that it is.</summary>
    public Action AfterInsert { get; set; } = () => { };

    /// <summary>Submissions seen, in order.</summary>
    public List<JobSubmission> Submissions { get; } = [];

    public async Task<SubmitAnswer> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        Submissions.Add(submission);
        var accepted = JobTransitions.Accept(submission.Job);
        var spec = submission.Job.Spec;
        var adopt = spec.Images.Append(spec.Mask).OfType<EditPicture>().Select(p => p.Artifact.Id);
        var answer = await store.InsertAsync(new(accepted.State, accepted.Events, submission.Key, [.. adopt]) { Listener = submission.Listener, BucketUrls = submission.Job.BucketUrls }, cancellationToken);
        switch (answer)
        {
            case InsertAnswer.Repeats repeats:
                return new SubmitAnswer.Attached(repeats.Job);
            case InsertAnswer.Attaches attaches:
                return new SubmitAnswer.Attached(attaches.Job, attaches.Listener);
            case InsertAnswer.Replays replays:
                return new SubmitAnswer.Attached(replays.Job, IsReplay: true);
            case InsertAnswer.KeyReused:
                return new SubmitAnswer.KeyReused();
        }

        Run(accepted.State.Id);
        AfterInsert();
        return new SubmitAnswer.Accepted(accepted.State.Id);
    }

    public async Task<TellAnswer> TellAsync(string job, JobFact fact, CancellationToken cancellationToken)
    {
        var state = (await store.LoadAsync(job, cancellationToken))!;
        var transition = JobTransitions.Apply(state, fact);
        store.Put(transition.State, transition.Events);
        feed.Wake();
        return new(transition.Verdict, transition.Reason);
    }

    /// <summary>Makes every attempt that is owed, until the job is final or an attempt goes on for ever.</summary>
    public void Run(string job)
    {
        var state = store.Jobs.Single(j => j.Id == job);
        while (state.Attempts.FirstOrDefault(a => a.Status == AttemptStatus.Intended) is { } attempt)
        {
            var sent = time.GetUtcNow();
            state = Apply(state, new JobFact.AttemptSending(sent, attempt.Number, "key1", "lea_1", "node_1", 1));
            if ((Outcome ?? Deliver)(state, attempt) is not { } outcome)
            {
                break;
            }

            state = Apply(state, new JobFact.AttemptEnded(sent + Latency, attempt.Number, outcome, 0, Cost(attempt)));
        }

        feed.Wake();
    }

    /// <summary>A picture for every slot.</summary>
    public AttemptOutcome Deliver(JobState state, Attempt attempt) => Deliver(state, attempt.Slots);

    /// <summary>A picture for some slots.</summary>
    public AttemptOutcome Deliver(JobState state, IEnumerable<int> slots, Usage? usage = null, string? quality = null, string? background = null)
        => new AttemptOutcome.Succeeded([.. slots.Select(s => Store(state, s))], usage, quality, background);

    /// <summary>A failure of that kind.</summary>
    public static AttemptOutcome Fail(FailureKind kind, int? status = null, string? message = null)
        => new AttemptOutcome.Failed(new(kind, status, Message: message));

    /// <summary>A call in flight shows a preview.</summary>
    public Task PreviewAsync(JobState job, int slot = 0)
        => TellAsync(job.Id, new JobFact.PreviewArrived(time.GetUtcNow(), 1, Store(job, slot, ArtifactRole.Preview), null, null), CancellationToken.None);

    private JobState Apply(JobState state, JobFact fact)
    {
        var transition = JobTransitions.Apply(state, fact);
        store.Put(transition.State, transition.Events);
        return transition.State;
    }

    private DeliveredPicture Store(JobState state, int slot, ArtifactRole role = ArtifactRole.Result)
    {
        var reference = new ArtifactRef(ids.NewArtifact(), role, "image/png", Picture.Length, Convert.ToHexStringLower(SHA256.HashData(Picture)));
        artifacts.Put(reference.Id, Picture);
        store.Put(new ArtifactRecord(state.Tenant, reference, time.GetUtcNow()));
        return new(slot, reference, new(PictureFormat.Png, new(16, 12), 1, true, 1), string.Create(CultureInfo.InvariantCulture, $"revised {slot}"));
    }
}
