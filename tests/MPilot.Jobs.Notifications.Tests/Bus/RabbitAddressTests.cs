using MPilot.Jobs.Notifications.Bus;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Notifications.Tests.Bus;

public sealed class RabbitAddressTests
{
    [Theory]
    [InlineData("amqp://rabbit.internal", "rabbit.internal", 5672, "/", "guest", "guest", false)]
    [InlineData("amqp://rabbit.internal/", "rabbit.internal", 5672, "/", "guest", "guest", false)]
    [InlineData("amqps://shop:a%40b:c@rabbit.internal", "rabbit.internal", 5671, "/", "shop", "a@b:c", true)]
    [InlineData("amqp://shop:pass@[::1]:5673/orders", "::1", 5673, "orders", "shop", "pass", false)]
    [InlineData("amqp://127.0.0.1:1/%2Forders", "127.0.0.1", 1, "/orders", "guest", "guest", false)]
    public void Of_WhenItIsAnAddress_ReadsItsParts(string uri, string host, int port, string virtualHost, string user, string password, bool isTls)
    {
        RabbitAddress.IsAddress(new(uri)).ShouldBeTrue();
        RabbitAddress.Of(new(uri)).ShouldBe(new((string)host, (ushort)port, virtualHost, user, password, isTls));
    }

    [Theory]
    [InlineData("http://rabbit.internal")]
    [InlineData("amqp:rabbit")]
    [InlineData("amqp:///orders")]
    [InlineData("amqp://rabbit.internal/a/b")]
    [InlineData("amqp://rabbit.internal/a?heartbeat=1")]
    [InlineData("amqp://rabbit.internal/a#b")]
    public void IsAddress_WhenItIsNone_SaysSo(string uri) => RabbitAddress.IsAddress(new(uri)).ShouldBeFalse();

    [Fact]
    public void ToString_WhenThereIsAPassword_DoesNotTellIt()
        => RabbitAddress.Of(new("amqps://shop:secret@rabbit.internal/orders")).ToString().ShouldBe("amqps://rabbit.internal:5671");
}
