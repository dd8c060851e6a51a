using System.Text.Json;

using MPilot.Jobs.Api.Dialects.Bifrost;
using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Api.Webhooks;

/// <inheritdoc cref="IWebhookBodies"/>
internal sealed class WebhookBodies(JobPresenter presenter, JobLinks links) : IWebhookBodies
{
    /// <summary>Bytes no body reaches.</summary>
    public const int Limit = 20_000;

    /// <summary>What may be left out, what is missed least first.</summary>
    private static readonly (string Name, Func<JobBody, JobBody> Without)[] Dispensable =
    [
        ("warnings", job => job with { Warnings = null }),
        ("attempts", job => job with { Attempts = [] }),
        ("metadata", job => job with { Metadata = null }),
        ("error", job => job with { Error = null }),
        ("data", job => job with { Pictures = null }),
    ];

    public byte[] Write(Delivery delivery, JobState? job, IReadOnlyList<BucketPut> puts, Delivery? about)
    {
        if (job is null)
        {
            var content = about is null
                ? JsonSerializer.SerializeToElement(new WebhookTestBody(delivery.Endpoint), ApiJson.Wire.WebhookTestBody)
                : JsonSerializer.SerializeToElement(DeliveryBody.Of(about), ApiJson.Wire.DeliveryBody);
            return Write(new(delivery.Event, delivery.CreatedAt.UtcDateTime, null, content));
        }

        return delivery.Format == DeliveryFormat.Bifrost
            ? JsonSerializer.SerializeToUtf8Bytes(BifrostEventBody.Of(job, links), ApiJson.Wire.BifrostEventBody)
            : Fitting(delivery, presenter.Present(job, puts) with { Prompt = null });
    }

    private static byte[] Fitting(Delivery delivery, JobBody job)
    {
        var omitted = new List<string>();
        var body = Write(delivery, job, omitted);
        foreach (var (name, without) in Dispensable)
        {
            if (body.Length < Limit)
            {
                break;
            }

            job = without(job);
            omitted.Add(name);
            body = Write(delivery, job, omitted);
        }

        return body;
    }

    private static byte[] Write(Delivery delivery, JobBody job, List<string> omitted)
        => Write(new(delivery.Event, delivery.CreatedAt.UtcDateTime, delivery.Sequence, JsonSerializer.SerializeToElement(job, ApiJson.Wire.JobBody))
        {
            Omitted = omitted.Count > 0 ? omitted : null,
        });

    private static byte[] Write(WebhookEventBody body) => JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Wire.WebhookEventBody);
}
