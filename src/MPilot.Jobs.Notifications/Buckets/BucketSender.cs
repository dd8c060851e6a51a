using System.Net.Http.Headers;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Notifications.Lanes;

namespace MPilot.Jobs.Notifications.Buckets;

/// <summary>Makes one try to bring a picture to a bucket: PUTs it, from the artifact store straight to the line.</summary>
public sealed class BucketSender(IHttpClientFactory clients, IJobStore jobs, Pictures pictures, BucketsOptions options, TimeProvider time)
{
    private readonly ReceiverCall _call = new(options.Timeout, time);

    /// <summary>Tries once.</summary>
    /// <exception cref="StoreUnavailableException">The store went away, perhaps amid the call.</exception>
    /// <exception cref="OperationCanceledException">It was broken off; nobody knows whether it arrived.</exception>
    public async Task<DeliveryTry> TryAsync(BucketPut put, CancellationToken cancellationToken)
    {
        // 1. What, 2. where to, 3. the call.
        var startedAt = time.GetUtcNow();
        var picture = put.Until <= startedAt ? null : await FindAsync(put, cancellationToken);
        await using var bytes = picture is null ? null : await OpenAsync(picture, cancellationToken);
        if (bytes is null)
        {
            return new(startedAt, TimeSpan.Zero, DeliveryOutcome.SubjectGone);
        }

        var url = new Uri(put.Url!);
        using var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = new StreamContent(bytes) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(picture!.ContentType);
        request.Content.Headers.ContentLength = picture.Length;
        request.Headers.TryAddWithoutValidation("User-Agent", "MPilot.Jobs");

        // A URL that has expired is refused before the picture is sent, and says so.
        request.Headers.ExpectContinue = true;
        if (AzureUrl.Is(url))
        {
            request.Headers.TryAddWithoutValidation(AzureUrl.BlobTypeHeader, AzureUrl.BlobType);
        }

        using var client = clients.ForBucket(url);
        return await _call.SendAsync(client, request, startedAt, cancellationToken);
    }

    private async Task<ArtifactRef?> FindAsync(BucketPut put, CancellationToken cancellationToken)
        => (await jobs.FindAsync(put.Tenant, put.Job, cancellationToken))?.Slots[put.Slot].Picture?.Artifact;

    private async Task<Stream?> OpenAsync(ArtifactRef picture, CancellationToken cancellationToken)
    {
        try
        {
            return await pictures.OpenAsync(picture, cancellationToken);
        }
        catch (ArtifactGoneException)
        {
            return null;
        }
    }
}
