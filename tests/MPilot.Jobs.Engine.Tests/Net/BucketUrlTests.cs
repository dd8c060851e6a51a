using MPilot.Jobs.Engine.Net;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Net;

public sealed class BucketUrlTests
{
    [Theory]
    [InlineData("https://b.s3.example/a.png?X-Amz-Signature=1", true, true)]
    [InlineData("https://1.1.1.1:9000/a.png", true, true)]
    [InlineData("https://10.0.0.1/a.png", false, true)]
    [InlineData("http://127.0.0.1:10000/a.png", false, true)]
    [InlineData("http://minio.internal/a.png", false, true)]
    [InlineData("https://169.254.169.254/", false, false)]
    [InlineData("https://[fd00:ec2::254]/", false, false)]
    [InlineData("https://user:pass@b.example/", false, false)]
    [InlineData("s3://bucket/a.png", false, false)]
    public void Refusal_WhenPrivateHostsAreAllowedOrNot_LetsTheRightOnesPass(string text, bool passes, bool passesWithPrivate)
    {
        (BucketUrl.Refusal(text, new(), out var url) is null).ShouldBe(passes);
        (url is null).ShouldBe(!passes);
        (BucketUrl.Refusal(text, new() { AllowPrivateHosts = true }, out _) is null).ShouldBe(passesWithPrivate);
    }

    /// <summary>A signature is over these very characters.</summary>
    [Theory]
    [InlineData("https://b.s3.eu-central-1.amazonaws.com/a%2Fb%20c/%C3%A4.png?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AK%2F20260202%2Feu-central-1%2Fs3%2Faws4_request&X-Amz-Signature=00ff")]
    [InlineData("https://storage.googleapis.com/b/a%2B~(1)'!*.png?X-Goog-Credential=svc%40p.iam.gserviceaccount.com%2F20260202&X-Goog-Signature=00ff")]
    [InlineData("https://acc.blob.core.windows.net/c/a.png?sv=2026-02-06&se=2026-02-02T03%3A40%3A00Z&sr=b&sp=cw&sig=a%2Bb%2Fc%3D")]
    [InlineData("https://oss.example/a+b.png?Expires=1&OSSAccessKeyId=k&Signature=a%2Bb%3D")]
    public void Refusal_WhenTheUrlIsSigned_KeepsEveryCharacter(string text)
    {
        BucketUrl.Refusal(text, new(), out var url).ShouldBeNull();

        url!.AbsoluteUri.ShouldBe(text);
        new Uri(url.AbsoluteUri).PathAndQuery.ShouldBe(text[text.IndexOf('/', "https://".Length)..]);
    }

    [Fact]
    public void Refusal_WhenTheUrlIsTooLong_SaysSo()
        => BucketUrl.Refusal("https://b.example/" + new string('a', BucketUrl.MaxLength), new(), out _).ShouldBe("must be a valid one of at most 8192 characters");
}
