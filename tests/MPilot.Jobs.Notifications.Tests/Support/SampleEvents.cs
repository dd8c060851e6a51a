using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Notifications.Bus;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Notifications.Tests.Support;

/// <summary>Events of every kind, of one job, with everything in them that there can be, and one with as little.</summary>
internal static class SampleEvents
{
    public const string Job = "job_01a215e42a6b77af93b3e1102a06c8d8";

    private static readonly DateTimeOffset At = ManualTime.Start.AddMilliseconds(678);

    public static IReadOnlyList<JobEvent> Events { get; } =
    [
        new JobEvent.Accepted(1, At),
        new JobEvent.AttemptStarted(2, At, 1, "openai", "gpt-image-2"),
        new JobEvent.AttemptFinished(3, At, 1, "openai", "gpt-image-2", AttemptStatus.Failed, FailureKind.RateLimited, 429),
        new JobEvent.AttemptFinished(4, At, 2, "openai", "gpt-image-2", AttemptStatus.Succeeded, null, null),
        new JobEvent.PicturePreviewed(5, At, 2, Picture(ArtifactRole.Preview), 0, new(0, "openai", "gpt-image-2", "high", "opaque")),
        new JobEvent.PictureCompleted(6, At, 2, Picture(ArtifactRole.Result), new(1, "openai", "gpt-image-2", "high", "opaque")),
        new JobEvent.PictureFailed(7, At, 1, FailureKind.Refused),
        new JobEvent.CancelRequested(8, At),
        new JobEvent.Finalized(9, At, JobStatus.Failed, FailureKind.Credentials),
    ];

    public static IReadOnlyList<OutboxRow> Rows { get; } = [.. Events.Select(e => new OutboxRow(e.Sequence, "shop", Job, e))];

    /// <summary>Says events as a service does that listens there.</summary>
    public static EventContracts Contracts(TimeProvider time)
    {
        var options = new MPilotOptions();
        options.Http.PublicBaseUrl = new("https://edits.example");
        var links = new ArtifactLinks([new SigningKey("kid_1", new byte[32], ManualTime.Start)]);
        return new(new JobLinks(new PublicAddress(options), links, options, time));
    }

    private static DeliveredPicture Picture(ArtifactRole role)
        => new(0, new("art_1", role, "image/png", 123, "00ff"), new(PictureFormat.Png, new(640, 480), 1, false, 6), "a prompt the provider has rewritten");
}
