using System.Collections.Immutable;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Money;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Domain.Webhooks;

namespace MPilot.Jobs.Storage.Tests.Json;

/// <summary>A state in which every member there is has a value, and one event of every kind.</summary>
internal static class FullJob
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private static readonly AttemptFailure Failure = new(FailureKind.RateLimited, 429, "slow_down", "Slow down.", TimeSpan.FromSeconds(2.5));

    public static JobState State { get; } = new()
    {
        Id = "job_0198c0de00007000800000000000abf3",
        Tenant = "shop-a",
        Version = 9,
        Spec = new EditSpec
        {
            Images = [Picture("a1", ArtifactRole.Source, PictureFormat.Jpeg, 6)],
            Type = EditType.BackgroundRemoval,
            Prompt = "Das Sofa in Grün, \"bitte\" <b>",
            Mask = Picture("a2", ArtifactRole.Mask, PictureFormat.Png, 1),
            MaskPolarity = MaskPolarity.White,
            Count = 2,
            Size = new PictureSize(1024, 1536),
            ResponseFormat = ResponseFormat.B64Json,
            Background = "transparent",
            InputFidelity = "high",
            Quality = "medium",
            OutputFormat = "webp",
            OutputCompression = 80,
            InferenceSteps = 30,
            Seed = 4_294_967_296,
            NegativePrompt = "no cats",
            User = "user-7",
            Stream = true,
            PartialImages = 2,
            Extra = Map(("zoom", "1"), ("alpha", "2"), ("Beta", "3")),
            Unsupported = UnsupportedPolicy.Refuse,
        },
        Chain =
        [
            new Step
            {
                Provider = "openai",
                Model = "gpt-image-1.5",
                Spec = new EditSpec { Images = [Picture("a1", ArtifactRole.Source, PictureFormat.Jpeg, 6)], Prompt = "Das Sofa in Rot", Quality = "low", Extra = Map(("zoom", "2")) },
                Retries = 1,
                PicturesPerCall = 4,
                RetryLost = false,
                FallBackOnRefusal = true,
                Skipped = [new ParameterPlan("mask", PlanAction.Refuse, "No masks here.")],
                Warnings = [new PlanWarning("seed", "openai", "dropped", "No seeds here.")],
            },
        ],
        Slots =
        [
            new Slot
            {
                Index = 0, Step = 0, RetriesUsed = 1, RetriedLost = true, KeysTried = ["spare"], OpenAttempt = 2, FilledBy = 1, Previews = 3, Failure = Failure,
                Picture = Delivered(),
            },
        ],
        Attempts =
        [
            new Attempt
            {
                Number = 1, Step = 0, Slots = [0, 1], Status = AttemptStatus.Accepted, DueAt = At, PossibleDoublePurchase = true, Lease = "lease-1",
                Key = "main", Node = "node-1", Epoch = 3, ProviderJobId = "prov-1", Bound = new Cost(0.25m, "USD", Known: true), SentAt = At.AddSeconds(1), EndedAt = At.AddTicks(12_345_678),
                Failure = Failure, Usage = new Usage(1, 2, 3, 4, 5, 6, 7), Quality = "high", Background = "opaque",
                Wire = new("{\"n\":\"2\"}", "{\"created\":1}"),
                Cost = new Cost(0.0421m, "USD", Known: true),
            },
        ],
        Status = JobStatus.Waiting,
        ModelRequested = "gpt-image-1",
        CreatedAt = At,
        Deadline = At.AddMinutes(10),
        ChangedAt = At.AddMinutes(1),
        CompletedAt = At.AddMinutes(1),
        IsAwaited = true,
        RequestId = "req_1",
        ClientRequestId = "client-1",
        Trace = new("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "vendor=1"),
        Wire = new(Request: true, Response: false),
        ResultLife = TimeSpan.FromHours(1),
        Webhook = new() { Url = "https://shop.example/hook", Endpoint = "whe_1", Format = DeliveryFormat.Bifrost },
        Buckets = 2,
        Metadata = Map(("order", "7"), ("Colour", "green"), ("_x", "")),
        Warnings = [new PlanWarning("model", null, "replaced", "gpt-image-1 is gone.")],
        CancelRequested = true,
        Failure = new JobFailure(Failure, 1),
        Chunks = 4,
        LastEvent = 12,
    };

    public static ImmutableArray<JobEvent> Events { get; } =
    [
        new JobEvent.Accepted(1, At),
        new JobEvent.AttemptStarted(2, At, 1, "openai", "gpt-image-1.5"),
        new JobEvent.AttemptFinished(3, At, 1, "openai", "gpt-image-1.5", AttemptStatus.Failed, FailureKind.RateLimited, 429),
        new JobEvent.PictureCompleted(4, At, 2, Delivered(), new(1, "openai", "gpt-image-1.5", "high", "opaque", new Usage(1, 2, 3, 4, 5, 6, 7))),
        new JobEvent.PictureFailed(5, At, 1, FailureKind.Broken),
        new JobEvent.CancelRequested(6, At),
        new JobEvent.PicturePreviewed(7, At, 2, Delivered(), 3, new(2, "openai", "gpt-image-1.5", "low", "opaque")),
        new JobEvent.Finalized(8, At, JobStatus.Succeeded, FailureKind.Canceled),
    ];

    private static DeliveredPicture Delivered()
    {
        var picture = Picture("a3", ArtifactRole.Result, PictureFormat.Webp, 1);
        var facts = picture.Facts with { Metadata = PictureMetadata.Private | PictureMetadata.Colour };
        return new(0, picture.Artifact, facts, "a green sofa", new(0.25, 3.5)) { Made = new(512, 512) };
    }

    private static EditPicture Picture(string id, ArtifactRole role, PictureFormat format, int orientation)
        => new(new ArtifactRef($"art_{id}", role, "image/x", 123, "00ff"), new PictureFacts(format, new PictureSize(640, 480), 1, true, orientation));

    private static ImmutableDictionary<string, string> Map(params (string Key, string Value)[] pairs)
        => pairs.ToImmutableDictionary(p => p.Key, p => p.Value);
}
