using Microsoft.Extensions.Logging;

using MPilot.Jobs.Domain.Webhooks;

namespace MPilot.Jobs.Notifications.Buckets;

public sealed partial class BucketService
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Picture {Slot} of {Job} is not brought to its bucket any more; the last try ended as {Outcome}")]
    private partial void LogGivenUp(string job, int slot, DeliveryOutcome outcome);
}
