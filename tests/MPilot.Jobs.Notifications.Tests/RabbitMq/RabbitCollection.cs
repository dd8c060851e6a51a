using Xunit;

namespace MPilot.Jobs.Notifications.Tests.RabbitMq;

/// <summary>Tests with the one RabbitMQ of the assembly, one after the other: some stop it.</summary>
[CollectionDefinition(Name)]
public sealed class RabbitCollection
{
    public const string Name = "rabbitmq";
}
