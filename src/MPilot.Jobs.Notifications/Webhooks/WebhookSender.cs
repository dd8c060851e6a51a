using System.Net.Http.Headers;

using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Notifications.Webhooks;

/// <summary>Makes one try of a delivery: signs it and posts it. Of the answer only the status and how long to wait are read.</summary>
public sealed class WebhookSender(
    IHttpClientFactory clients, IWebhookEndpoints endpoints, IDeliveries deliveries, IJobStore jobs, IWebhookBodies bodies, WebhooksOptions options,
    TimeProvider time)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

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
        return await SendAsync(request, startedAt, cancellationToken);
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
        return isGone ? null : bodies.Write(delivery, job, about);
    }

    private async Task<DeliveryTry> SendAsync(HttpRequestMessage request, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            // What comes after the headers is never read: neither a large answer nor one that drips holds anybody up.
            using var client = clients.ForWebhook(request.RequestUri!);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var now = time.GetUtcNow();
            var status = (int)answer.StatusCode;
            return new(startedAt, now - startedAt, Judge(status), status, RetryAfter.Of(answer.Headers, now));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(startedAt, time.GetUtcNow() - startedAt, DeliveryOutcome.TimedOut);
        }
        catch (HttpRequestException failure)
        {
            return new(startedAt, time.GetUtcNow() - startedAt, Judge(failure));
        }
    }

    private static DeliveryOutcome Judge(int status) => status switch
    {
        >= 200 and < 300 => DeliveryOutcome.Accepted,
        >= 300 and < 400 => DeliveryOutcome.Redirected,
        410 => DeliveryOutcome.Gone,
        _ => DeliveryOutcome.Rejected,
    };

    private static DeliveryOutcome Judge(HttpRequestException failure)
        => failure is HostRefusedException || failure.InnerException is HostRefusedException ? DeliveryOutcome.AddressRefused
            : failure.HttpRequestError == HttpRequestError.SecureConnectionError ? DeliveryOutcome.TlsFailed
            : DeliveryOutcome.Unreachable;
}
