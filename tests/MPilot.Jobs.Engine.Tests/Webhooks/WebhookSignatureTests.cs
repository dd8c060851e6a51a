using System.Text;

using MPilot.Jobs.Engine.Webhooks;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    /// <summary>The example of the Standard Webhooks specification and its libraries.</summary>
    [Fact]
    public void Of_WhenGivenThePublishedExample_IsThePublishedSignature()
        => WebhookSignature.Of(
                ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), "{\"test\": 2432232314}"u8)
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public void Of_WhenTwoSecretsAreValid_HasASignatureOfEach()
    {
        var (one, two) = (WebhookSecret.New(), WebhookSecret.New());

        var both = Sign(one, two);

        both.ShouldBe($"{Sign(one)} {Sign(two)}");
    }

    [Fact]
    public void New_WhenMade_Has32BytesThatNoOtherHas()
    {
        var secrets = Enumerable.Range(0, 100).Select(_ => WebhookSecret.New()).ToList();

        secrets.ShouldBeUnique();
        secrets.ShouldAllBe(s => s.StartsWith("whsec_", StringComparison.Ordinal) && WebhookSecret.KeyOf(s).Length == 32);
    }

    private static string Sign(params string[] secrets)
        => WebhookSignature.Of(secrets, "dlv_1", DateTimeOffset.FromUnixTimeSeconds(1), Encoding.UTF8.GetBytes("{}"));
}
