using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Buckets;

namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>Who is to hear of what. Applied by every store inside the transaction that makes it true.</summary>
public static class DeliveryPlan
{
    /// <summary>Whether there is anything to tell.</summary>
    public static bool Concerns(IEnumerable<JobEvent> events) => events.Any(e => WebhookEvents.Of(e) is not null);

    /// <summary>The deliveries of a transition's events.</summary>
    /// <param name="job">The job after it.</param>
    /// <param name="events">Its events.</param>
    /// <param name="endpoints">All endpoints of the job's tenant. Disabled ones too: what they miss can be delivered once they are enabled.</param>
    public static IEnumerable<Delivery> Of(JobState job, IEnumerable<JobEvent> events, IReadOnlyCollection<WebhookEndpoint> endpoints)
        => events.SelectMany(fact => WebhookEvents.Of(fact) is { } name ? Of(job, name, fact.At, fact.Sequence, endpoints) : []);

    /// <summary>Tells that all pictures of a job are in the buckets of its caller, or given up. Comes after all events of the job itself.</summary>
    /// <param name="job">The job.</param>
    /// <param name="puts">All of its puts; while one is under way nothing is told.</param>
    /// <param name="endpoints">All endpoints of its tenant.</param>
    /// <param name="at">When the last one ended.</param>
    public static IEnumerable<Delivery> Of(
        JobState job, IReadOnlyCollection<BucketPut> puts, IReadOnlyCollection<WebhookEndpoint> endpoints, DateTimeOffset at)
        => BucketPlan.EventOf(puts) is { } name ? Of(job, name, at, job.LastEvent + 1, endpoints) : [];

    /// <summary>Tells of a delivery that was given up, but never of one that told of another.</summary>
    /// <param name="exhausted">The delivery.</param>
    /// <param name="endpoints">All endpoints of its tenant.</param>
    /// <param name="at">When it was given up.</param>
    public static IEnumerable<Delivery> Of(Delivery exhausted, IReadOnlyCollection<WebhookEndpoint> endpoints, DateTimeOffset at)
        => exhausted.Event == WebhookEvents.Exhausted
            ? []
            : endpoints.Where(e => e.Id != exhausted.Endpoint && e.Wants(WebhookEvents.Exhausted))
                .Select(e => To(e, WebhookEvents.Exhausted, at) with { About = exhausted.Id });

    /// <summary>A delivery that only shows whether an endpoint hears.</summary>
    public static Delivery Test(WebhookEndpoint endpoint, DateTimeOffset at) => To(endpoint, WebhookEvents.Test, at);

    private static IEnumerable<Delivery> Of(JobState job, string name, DateTimeOffset at, long sequence, IEnumerable<WebhookEndpoint> endpoints)
    {
        var isEnd = WebhookEvents.IsEnd(name);
        foreach (var endpoint in endpoints.Where(e => e.Hears(name, job)))
        {
            var format = isEnd && job.Webhook?.Endpoint == endpoint.Id ? job.Webhook.Format : DeliveryFormat.Standard;
            yield return To(endpoint, name, at) with { Job = job.Id, Sequence = sequence, Format = format };
        }

        if (WebhookEvents.IsForUrls(name) && job.Webhook?.Url is { } url)
        {
            yield return New(job.Tenant, ReceiverTarget.Of(job.Tenant, url), name, at) with { Url = url, Job = job.Id, Sequence = sequence };
        }
    }

    private static Delivery To(WebhookEndpoint endpoint, string name, DateTimeOffset at)
        => New(endpoint.Tenant, endpoint.Id, name, at) with { Endpoint = endpoint.Id };

    private static Delivery New(string tenant, string target, string name, DateTimeOffset at)
        => new() { Id = Ids.NewDelivery(at), Tenant = tenant, Target = target, Event = name, CreatedAt = at, DueAt = at };
}
