using System.Collections.Immutable;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Storage.Tests.Samples;

/// <summary>Jobs in every stage of their life, made by the rules of the domain.</summary>
internal static class SampleJobs
{
    public const string Tenant = "default";

    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static long _lastId;

    public static string NextId(string prefix) => $"{prefix}_{Interlocked.Increment(ref _lastId):x32}";

    public static ArtifactRecord NewArtifact(string tenant = Tenant, ArtifactRole role = ArtifactRole.Source)
        => new(tenant, new ArtifactRef(NextId("art"), role, "image/png", 1234, new string('a', 64)), Start);

    public static NewJob NewJob(string tenant = Tenant, int count = 1, DateTimeOffset? at = null) => new()
    {
        Id = NextId("job"),
        Tenant = tenant,
        Spec = new EditSpec { Images = [NewPicture(ArtifactRole.Source)], Prompt = "make it blue", Count = count },
        Chain =
        [
            new Step { Provider = "openai", Model = "gpt-image-1.5" },
            new Step { Provider = "google", Model = "gemini-3-image" },
        ],
        ModelRequested = "gpt-image-1.5",
        AcceptedAt = at ?? Start,
        Deadline = (at ?? Start) + TimeSpan.FromMinutes(10),
        RequestId = "req_1",
    };

    /// <summary>An endpoint that hears how jobs end.</summary>
    public static WebhookEndpoint NewEndpoint(string tenant = Tenant)
    {
        var id = NextId("whe");
        return new() { Id = id, Tenant = tenant, Name = id, Url = "https://a.example/hook", Events = WebhookEvents.Endings, CreatedAt = Start };
    }

    public static JobInsert Accept(NewJob job, IdempotencyKey? key = null, params ImmutableArray<string> adopt)
    {
        var accepted = JobTransitions.Accept(job);
        return new(accepted.State, accepted.Events, key, adopt);
    }

    public static async Task<JobState> AcceptedAsync(this IJobStore jobs, NewJob job, IdempotencyKey? key = null, params ImmutableArray<string> adopt)
    {
        var insert = Accept(job, key, adopt);
        (await jobs.InsertAsync(insert, default)).ShouldBe(new InsertAnswer.Inserted());
        return insert.State;
    }

    public static async Task<JobState> ToldAsync(
        this IJobStore jobs, JobState state, JobFact fact, DateTimeOffset? keepUntil = null, params ImmutableArray<string> adopt)
    {
        var save = Save(state, fact, keepUntil, adopt);
        await jobs.SaveAsync(save, default);
        return save.State;
    }

    public static JobSave Save(JobState state, JobFact fact, DateTimeOffset? keepUntil = null, params ImmutableArray<string> adopt)
    {
        var transition = JobTransitions.Apply(state, fact);
        transition.Verdict.ShouldBe(Verdict.Applied);
        return new(transition.State, transition.Events, adopt, keepUntil);
    }

    public static JobFact Sending(int attempt = 1, string node = "node-1", long epoch = 1)
        => new JobFact.AttemptSending(Start.AddSeconds(1), attempt, "main", $"lease-{attempt}", node, epoch);

    public static JobFact Accepted(int attempt = 1) => new JobFact.AttemptAccepted(Start.AddSeconds(2), attempt, $"prov-{attempt}");

    public static JobFact Succeeded(int attempt = 1, int slot = 0, DateTimeOffset? at = null)
    {
        var picture = NewPicture(ArtifactRole.Result);
        return new JobFact.AttemptEnded(
            at ?? Start.AddSeconds(3), attempt, new AttemptOutcome.Succeeded([new DeliveredPicture(slot, picture.Artifact, picture.Facts)]), 0);
    }

    public static JobFact Failed(FailureKind kind, double jitter, int attempt = 1)
        => new JobFact.AttemptEnded(Start.AddSeconds(3), attempt, new AttemptOutcome.Failed(new AttemptFailure(kind, 500)), jitter);

    public static JobFact Cancel() => new JobFact.CancelRequested(Start.AddSeconds(4));

    /// <summary>A job that was sent once and succeeded, in four transitions.</summary>
    public static async Task<JobState> FinishedAsync(this IJobStore jobs, NewJob job, DateTimeOffset at)
    {
        var state = await jobs.AcceptedAsync(job);
        state = await jobs.ToldAsync(state, Sending());
        state = await jobs.ToldAsync(state, Accepted());
        return await jobs.ToldAsync(state, Succeeded(at: at));
    }

    private static EditPicture NewPicture(ArtifactRole role)
        => new(NewArtifact(role: role).Artifact, new PictureFacts(PictureFormat.Png, new PictureSize(640, 480), 1, true, 1));
}
