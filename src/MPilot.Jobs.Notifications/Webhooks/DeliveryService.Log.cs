using Microsoft.Extensions.Logging;

using MPilot.Jobs.Domain.Webhooks;

namespace MPilot.Jobs.Notifications.Webhooks;

public sealed partial class DeliveryService
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Delivery} to {Endpoint} is given up; its last try ended as {Outcome}")]
    private partial void LogExhausted(string delivery, string? endpoint, DeliveryOutcome outcome);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Endpoint {Endpoint} is disabled: its receiver answered 410")]
    private partial void LogEndpointGone(string endpoint);
}
