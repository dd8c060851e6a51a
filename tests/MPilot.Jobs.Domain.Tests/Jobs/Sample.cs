using System.Collections.Immutable;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Domain.Tests.Jobs;

/// <summary>Small values that tests start from.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly DateTimeOffset Deadline = Start.AddMinutes(15);

    public static readonly PictureFacts Facts = new(PictureFormat.Png, new(64, 48), 1, false, 1);

    public static NewJob Job(int count, params Step[] chain) => new()
    {
        Id = "job_1",
        Tenant = "acme",
        Spec = new EditSpec { Images = [new(Artifact("source", ArtifactRole.Source), Facts)], Prompt = "A red hat.", Count = count },
        Chain = [.. chain],
        ModelRequested = "model-0",
        AcceptedAt = Start,
        Deadline = Deadline,
        RequestId = "req_1",
        Metadata = ImmutableDictionary<string, string>.Empty.Add("order", "7"),
        Warnings = [new("seed", null, "dropped", "No step takes a seed.")],
    };

    public static Step Step(int retries = 2, int picturesPerCall = 1, bool retryLost = true, bool skipped = false) => new()
    {
        Provider = "openai",
        Model = "gpt-image-2",
        Retries = retries,
        PicturesPerCall = picturesPerCall,
        RetryLost = retryLost,
        Skipped = skipped ? [new("mask", PlanAction.Refuse, "Takes no mask.")] : [],
    };

    public static Step Skipped() => Step(skipped: true);

    public static ArtifactRef Artifact(string id, ArtifactRole role = ArtifactRole.Result) => new("art_" + id, role, "image/png", 10, "00");

    public static DeliveredPicture Picture(int slot, string id = "picture") => new(slot, Artifact($"{id}_{slot}"), Facts);

    public static AttemptOutcome Pictures(params int[] slots) => new AttemptOutcome.Succeeded([.. slots.Select(s => Picture(s))]);

    public static AttemptOutcome Failed(FailureKind kind, TimeSpan? retryAfter = null)
        => new AttemptOutcome.Failed(new AttemptFailure(kind, 500, "some_code", "Some message.", retryAfter));
}
