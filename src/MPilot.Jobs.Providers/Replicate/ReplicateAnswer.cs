using System.Collections.Immutable;
using System.Text.Json;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Streaming;
using MPilot.Jobs.Providers.Downloads;
using MPilot.Jobs.Providers.Wire;

namespace MPilot.Jobs.Providers.Replicate;

/// <summary>Makes an answer of a prediction that ended.</summary>
/// <param name="errors">For those that failed.</param>
/// <param name="download">Fetches what it made; no key goes along.</param>
internal sealed class ReplicateAnswer(ReplicateErrors errors, PictureDownload download)
{
    /// <summary>The pictures of an ended prediction, or why there are none; <c>Lost</c> where they were made and cannot be had.</summary>
    public async Task<DriverAnswer> ReadAsync(SpilledJson json, DriverCall call, IDriverIo io, CancellationToken cancellationToken)
    {
        switch (ReplicatePrediction.StatusOf(json))
        {
            case ReplicateStatus.Succeeded:
                return await TakeAsync(json, call, io, cancellationToken);
            case ReplicateStatus.Canceled:
                return Failed(FailureKind.Canceled, "The prediction was canceled.");
            default:
                return new DriverAnswer.Failed(errors.OfPrediction(ReplicatePrediction.ErrorOf(json), call.Secret));
        }
    }

    private async Task<DriverAnswer> TakeAsync(SpilledJson json, DriverCall call, IDriverIo io, CancellationToken cancellationToken)
    {
        var pictures = ImmutableArray.CreateBuilder<DriverPicture>();
        var isOut = ReplicatePrediction.IsRemoved(json);
        foreach (var output in ReplicatePrediction.OutputsOf(json).Take(call.Count))
        {
            var got = await PictureAsync(json, output, io, cancellationToken);
            isOut |= got.IsOut;
            if (await UsablePicture.OrNothingAsync(got.Upload) is { } upload)
            {
                pictures.Add(new(upload));
            }
        }

        if (pictures.Count == 0)
        {
            return isOut
                ? Failed(FailureKind.Lost, "The picture was made but cannot be fetched any more.")
                : Failed(FailureKind.Broken, "The prediction brought no usable picture.");
        }

        io.Show(WireSide.Response, () => WireBody.Of(json, call.Secret, errors.Host));
        return new DriverAnswer.Delivered(pictures.ToImmutable());
    }

    private async Task<DownloadedPicture> PictureAsync(SpilledJson json, JsonElement output, IDriverIo io, CancellationToken cancellationToken)
        => json.Text(output) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme != "data"
            ? await download.GetAsync(uri, "", io, cancellationToken)
            : new(await json.TakePictureAsync(output, cancellationToken), IsOut: false);

    private static DriverAnswer.Failed Failed(FailureKind kind, string message) => new(new AttemptFailure(kind, Message: message));
}
