using System.Text;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Notifications.Tests.Webhooks;

/// <summary>Bodies that only say which event of which job they are.</summary>
internal sealed class PlainBodies : IWebhookBodies
{
    /// <summary>Fails in place of writing.</summary>
    public bool Fails { get; set; }

    public byte[] Write(Delivery delivery, JobState? job, IReadOnlyList<BucketPut> puts, Delivery? about)
        => Fails ? throw new InvalidOperationException("A mistake of ours.") : Encoding.UTF8.GetBytes($$"""{"event":"{{delivery.Event}}","job":"{{job?.Id}}"}""");
}
