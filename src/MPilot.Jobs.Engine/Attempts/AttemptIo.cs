using System.Collections.Immutable;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Emulation;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Attempts;

/// <summary>A driver's hands during one call; whatever it began and did not deliver is discarded at the end.</summary>
internal sealed class AttemptIo(AttemptOrder order, PreparedCall.Ready call, EditDrawing drawing, IJobs jobs, TimeProvider time) : IDriverIo, IAsyncDisposable
{
    private readonly Pictures _pictures = drawing.Pictures;
    private readonly List<PictureUpload> _begun = [];
    private readonly Lock _gate = new();
    private readonly WireRecord _wire = new(order.Wire);

    /// <summary>The provider's id of its job, once it is known.</summary>
    public string? ProviderJobId { get; private set; } = order.Orphan?.ProviderJobId;

    public ValueTask<Stream> OpenAsync(ArtifactRef artifact, CancellationToken cancellationToken)
        => call.Edit.Find(artifact.Id) is { } drawn ? drawn.OpenReadAsync(cancellationToken) : _pictures.OpenAsync(artifact, cancellationToken);

    public ValueTask<PictureUpload> BeginPictureAsync(CancellationToken cancellationToken) => BeginAsync(ArtifactRole.Result, cancellationToken);

    public ValueTask<PictureUpload> BeginPreviewAsync(CancellationToken cancellationToken) => BeginAsync(ArtifactRole.Preview, cancellationToken);

    public async Task PreviewAsync(int picture, PictureUpload upload, string? quality, string? background, CancellationToken cancellationToken)
    {
        if (picture >= order.Slots.Length || upload.Finding is not PictureFinding.Usable)
        {
            return;
        }

        if (await FinishAsync(upload, BeginPreviewAsync, cancellationToken) is not { } finished)
        {
            return;
        }

        if (await KeepAsync(finished.Upload, cancellationToken) is not { } kept)
        {
            return;
        }

        var shown = new DeliveredPicture(order.Slots[picture], kept.Artifact, kept.Facts);
        await jobs.TellUntilTakenAsync(
            order.Job, new JobFact.PreviewArrived(time.GetUtcNow(), order.Attempt, shown, quality, background), time, cancellationToken);
    }

    public void Show(WireSide side, Func<string> body) => _wire.Take(side, body);

    public async Task AcceptedAsync(string providerJobId, CancellationToken cancellationToken)
    {
        // Known before it is told: whoever gives the call up in between can still stop it.
        ProviderJobId = providerJobId;
        await jobs.TellUntilTakenAsync(
            order.Job, new JobFact.AttemptAccepted(time.GetUtcNow(), order.Attempt, providerJobId), time, cancellationToken);
    }

    /// <summary>Turns an answer into an outcome: usable pictures are made durable, one for each slot.</summary>
    public async Task<AttemptOutcome> TakeAsync(DriverAnswer answer)
    {
        if (answer is not DriverAnswer.Delivered delivered)
        {
            return Ended(((DriverAnswer.Failed)answer).Failure);
        }

        var usable = await FinishAsync(delivered.Pictures.Where(p => p.Upload.Finding is PictureFinding.Usable).Take(order.Slots.Length));
        if (usable.Count == 0)
        {
            return new AttemptOutcome.Failed(new(FailureKind.Broken, Message: "The provider answered without a usable picture."));
        }

        var committed = await _pictures.CommitBoughtAsync([.. usable.Select(p => p.Finished.Upload)], CancellationToken.None);
        var placed = usable.Select(
            (p, i) => new DeliveredPicture(order.Slots[i], committed[i].Artifact, committed[i].Facts, p.RevisedPrompt, p.Finished.Drift) { Made = p.Finished.Made });
        return new AttemptOutcome.Succeeded(placed.ToImmutableArray(), delivered.Usage, delivered.Quality, delivered.Background) { Wire = _wire.Bodies };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var upload in _begun)
        {
            await upload.DisposeAsync();
        }
    }

    private static AttemptOutcome Ended(AttemptFailure failure) => failure.Kind switch
    {
        FailureKind.Lost => new AttemptOutcome.Lost(),
        FailureKind.Canceled => new AttemptOutcome.Canceled(),
        _ => new AttemptOutcome.Failed(failure),
    };

    /// <summary>A preview that cannot be kept is not shown: it is not worth the picture that is still to come.</summary>
    private async Task<EditPicture?> KeepAsync(PictureUpload preview, CancellationToken cancellationToken)
    {
        try
        {
            return (await _pictures.CommitAsync([preview], cancellationToken))[0];
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    /// <summary>Pictures that were paid for are finished to the end, whatever the time.</summary>
    private async Task<List<(FinishedPicture Finished, string? RevisedPrompt)>> FinishAsync(IEnumerable<DriverPicture> delivered)
    {
        var finished = new List<(FinishedPicture, string?)>();
        foreach (var picture in delivered)
        {
            if (await FinishAsync(picture.Upload, BeginPictureAsync, CancellationToken.None) is { } whole)
            {
                finished.Add((whole, picture.RevisedPrompt));
            }
        }

        return finished;
    }

    /// <summary>The picture as the caller gets it, or <c>null</c> if it turns out to be damaged.</summary>
    private async Task<FinishedPicture?> FinishAsync(
        PictureUpload upload, Func<CancellationToken, ValueTask<PictureUpload>> begin, CancellationToken cancellationToken)
    {
        try
        {
            return await drawing.FinishAsync(order.Spec, call.Plan, upload, begin, cancellationToken);
        }
        catch (Exception unusable) when (unusable is PictureUndecodableException or EditImpossibleException)
        {
            return null;
        }
    }

    private async ValueTask<PictureUpload> BeginAsync(ArtifactRole role, CancellationToken cancellationToken)
    {
        var upload = await _pictures.BeginAsync(order.Tenant, role, cancellationToken);
        lock (_gate)
        {
            _begun.Add(upload);
        }

        return upload;
    }
}
