using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Notifications.Bus;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>Finds what is wrong with the bus. What it says never holds a password.</summary>
internal static class BusValidator
{
    public static IEnumerable<OptionMistake> Validate(string root, BusOptions bus)
    {
        if (bus.Kind is not (EventBus.InMemory or EventBus.RabbitMq))
        {
            yield return new($"{root}:Kind", $"must be {EventBus.InMemory} or {EventBus.RabbitMq}.");
        }
        else if (bus.Kind == EventBus.RabbitMq && (bus.Uri is not { } uri || !RabbitAddress.IsAddress(uri)))
        {
            yield return new($"{root}:Uri", "must be like amqp://user:password@rabbit.internal:5672/vhost, or amqps:// with TLS, without query or fragment.");
        }
        else if (bus.Kind == EventBus.InMemory && bus.Uri is not null)
        {
            yield return new($"{root}:Uri", $"is for {EventBus.RabbitMq} only.");
        }
    }
}
