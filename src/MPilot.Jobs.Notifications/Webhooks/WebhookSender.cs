using System.Net.Http.Headers;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Notifications.Lanes;

namespace MPilot.Jobs.Notifications.Webhooks;

/// <summary>Makes one try of a delivery: signs it and posts it.</summary>
public sealed class WebhookSender(
    IHttpClientFactory clients, IWebhookEndpoints endpoints, IDeliveries deliveries, IJobStore jobs, IBucketPuts puts, IWebhookBodies bodies,
    WebhooksOptions options, TimeProvider time)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly ReceiverCall _call = new(options.Timeout, time);

    /// <summary>Tries once.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was tried.</exception>
    /// <exception cref="OperationCanceledException">It was broken off; nobody knows whether it arrived.</exception>
    public async Task<DeliveryTry> TryAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        // 1. Where to, 2. signed with what, 3. what, 4. the call.
        var startedAt = time.GetUtcNow();
        var (url, missing) = await FindUrlAsync(delivery, cancellationToken);
        if (url is null)
        {
            return new(startedAt, TimeSpan.Zero, missing);
        }

        if (await endpoints.FindSecretsAsync(delivery.Tenant, delivery.Endpoint ?? WebhookSecrets.TenantsOwn, cancellationToken) is not { } secrets)
        {
            return new(startedAt, TimeSpan.Zero, DeliveryOutcome.SecretGone);
        }

        if (await WriteAsync(delivery, cancellationToken) is not { } body)
        {
            return new(startedAt, TimeSpan.Zero, DeliveryOutcome.SubjectGone);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = Json;
        request.Headers.TryAddWithoutValidation("User-Agent", "MPilot.Jobs");
        request.Headers.TryAddWithoutValidation(WebhookSignature.IdHeader, delivery.Id);
        request.Headers.TryAddWithoutValidation(WebhookSignature.TimestampHeader, WebhookSignature.Timestamp(startedAt));
        request.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, WebhookSignature.Of(secrets.ValidAt(startedAt), delivery.Id, startedAt, body));
        using var client = clients.ForWebhook(url);
        return await _call.SendAsync(client, request, startedAt, cancellationToken);
    }

    private async Task<(Uri? Url, DeliveryOutcome Missing)> FindUrlAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Endpoint is not { } id)
        {
            return (new(delivery.Url!), default);
        }

        return await endpoints.FindAsync(delivery.Tenant, id, cancellationToken) switch
        {
            null => (null, DeliveryOutcome.EndpointDeleted),
            { DisabledAt: not null } => (null, DeliveryOutcome.EndpointDisabled),
            { } endpoint => (new(endpoint.Url), default),
        };
    }

    /// <summary>The body, or <c>null</c> where what it tells of is gone.</summary>
    private async Task<byte[]?> WriteAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var job = delivery.Job is { } id ? await jobs.FindAsync(delivery.Tenant, id, cancellationToken) : null;
        var about = delivery.About is { } other ? await deliveries.FindAsync(delivery.Tenant, other, cancellationToken) : null;
        var isGone = (job is null && delivery.Job is not null) || (about is null && delivery.About is not null);
        return isGone ? null : bodies.Write(delivery, job, await PutsOfAsync(job, cancellationToken), about);
    }

    private async Task<IReadOnlyList<BucketPut>> PutsOfAsync(JobState? job, CancellationToken cancellationToken)
        => job is { Buckets: not null } ? await puts.ListAsync(job.Id, cancellationToken) : [];
}
