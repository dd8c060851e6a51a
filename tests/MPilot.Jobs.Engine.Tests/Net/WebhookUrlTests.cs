using MPilot.Jobs.Engine.Net;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Net;

public sealed class WebhookUrlTests
{
    [Theory]
    [InlineData("https://shop.example/", true, true)]
    [InlineData("https://shop.example:8443/hook?a=b", true, true)]
    [InlineData("https://1.1.1.1/", true, true)]
    [InlineData("http://shop.example/", false, true)]
    [InlineData("https://10.0.0.1/", false, true)]
    [InlineData("http://127.0.0.1:8080/", false, true)]
    [InlineData("http://[::1]:8080/", false, true)]
    [InlineData("http://1.1.1.1/", false, false)]
    [InlineData("https://169.254.169.254/", false, false)]
    [InlineData("https://100.64.0.1/", false, false)]
    [InlineData("https://[fd00:ec2::254]/", false, false)]
    [InlineData("https://user@shop.example/", false, false)]
    [InlineData("ftp://shop.example/", false, false)]
    [InlineData("/hook", false, false)]
    [InlineData("https://", false, false)]
    public void Refusal_WhenPrivateHostsAreAllowedOrNot_LetsTheRightOnesPass(string text, bool passes, bool passesWithPrivate)
    {
        (WebhookUrl.Refusal(text, new(), out var url) is null).ShouldBe(passes);
        (url is null).ShouldBe(!passes);
        (WebhookUrl.Refusal(text, new() { AllowPrivateHosts = true }, out _) is null).ShouldBe(passesWithPrivate);
    }

    [Fact]
    public void Refusal_WhenTheUrlIsTooLong_SaysSo()
        => WebhookUrl.Refusal("https://shop.example/" + new string('a', WebhookUrl.MaxLength), new(), out _).ShouldBe("must be a valid one of at most 2048 characters");
}
