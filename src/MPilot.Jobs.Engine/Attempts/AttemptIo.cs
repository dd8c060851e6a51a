using System.Collections.Immutable;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Engine.Attempts;

/// <summary>A driver's hands during one call; whatever it began and did not deliver is discarded at the end.</summary>
internal sealed class AttemptIo(AttemptOrder order, Pictures pictures, IJobs jobs, TimeProvider time) : IDriverIo, IAsyncDisposable
{
    private readonly List<PictureUpload> _begun = [];
    private readonly Lock _gate = new();

    public ValueTask<Stream> OpenAsync(ArtifactRef artifact, CancellationToken cancellationToken) => pictures.OpenAsync(artifact, cancellationToken);

    public ValueTask<PictureUpload> BeginPictureAsync(CancellationToken cancellationToken) => BeginAsync(ArtifactRole.Result, cancellationToken);

    public ValueTask<PictureUpload> BeginPreviewAsync(CancellationToken cancellationToken) => BeginAsync(ArtifactRole.Preview, cancellationToken);

    public async Task PreviewAsync(int picture, PictureUpload upload, string? quality, string? background, CancellationToken cancellationToken)
    {
        if (picture >= order.Slots.Length || upload.Finding is not PictureFinding.Usable)
        {
            return;
        }

        var committed = await pictures.CommitAsync([upload], cancellationToken);
        var shown = new DeliveredPicture(order.Slots[picture], committed[0].Artifact, committed[0].Facts);
        await jobs.TellUntilTakenAsync(
            order.Job, new JobFact.PreviewArrived(time.GetUtcNow(), order.Attempt, shown, quality, background), time, cancellationToken);
    }

    public async Task AcceptedAsync(string providerJobId, CancellationToken cancellationToken)
        => await jobs.TellUntilTakenAsync(
            order.Job, new JobFact.AttemptAccepted(time.GetUtcNow(), order.Attempt, providerJobId), time, cancellationToken);

    /// <summary>Turns an answer into an outcome: usable pictures are made durable, one for each slot.</summary>
    public async Task<AttemptOutcome> TakeAsync(DriverAnswer answer)
    {
        if (answer is not DriverAnswer.Delivered delivered)
        {
            return new AttemptOutcome.Failed(((DriverAnswer.Failed)answer).Failure);
        }

        var usable = delivered.Pictures.Where(p => p.Upload.Finding is PictureFinding.Usable).Take(order.Slots.Length).ToList();
        if (usable.Count == 0)
        {
            return new AttemptOutcome.Failed(new(FailureKind.Broken, Message: "The provider answered without a usable picture."));
        }

        var committed = await pictures.CommitBoughtAsync([.. usable.Select(p => p.Upload)], CancellationToken.None);
        var placed = usable.Select((p, i) => new DeliveredPicture(order.Slots[i], committed[i].Artifact, committed[i].Facts, p.RevisedPrompt));
        return new AttemptOutcome.Succeeded(placed.ToImmutableArray(), delivered.Usage, delivered.Quality, delivered.Background);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var upload in _begun)
        {
            await upload.DisposeAsync();
        }
    }

    private async ValueTask<PictureUpload> BeginAsync(ArtifactRole role, CancellationToken cancellationToken)
    {
        var upload = await pictures.BeginAsync(order.Tenant, role, cancellationToken);
        lock (_gate)
        {
            _begun.Add(upload);
        }

        return upload;
    }
}
