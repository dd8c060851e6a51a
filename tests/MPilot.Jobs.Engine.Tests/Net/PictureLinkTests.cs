using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Net;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Net;

public sealed class PictureLinkTests
{
    [Theory]
    [InlineData("https://example.com/a.png?sig=x")]
    [InlineData("https://example.com:443/")]
    [InlineData("HTTPS://EXAMPLE.com")]
    [InlineData("https://b\u00fccher.example/a")]
    public void Refusal_WhenTheUrlIsOrdinary_IsNone(string text)
    {
        PictureLink.Refusal(text, new(), out var link).ShouldBeNull();

        link!.Scheme.ShouldBe("https");
    }

    [Theory]
    [InlineData("http://example.com/a.png", "must begin with https://")]
    [InlineData("ftp://example.com/a.png", "must begin with https://")]
    [InlineData("file:///etc/passwd", "must be a valid one of at most 8192 characters")]
    [InlineData("javascript:alert(1)", "must be a valid one of at most 8192 characters")]
    [InlineData("data:image/png;base64,AAAA", "must be a valid one of at most 8192 characters")]
    [InlineData("https://", "must be a valid one of at most 8192 characters")]
    [InlineData("https:///a", "must be a valid one of at most 8192 characters")]
    [InlineData("//example.com/a.png", "must begin with https://")]
    [InlineData("https://user@example.com/", "must hold no user and no password")]
    [InlineData("https://user:secret@example.com/", "must hold no user and no password")]
    [InlineData("https://example.com@169.254.169.254/", "must hold no user and no password")]
    [InlineData("https://example.com:8443/", "must use the port 443")]
    [InlineData("https://example.com:80/", "must use the port 443")]
    [InlineData("https://example.com:99999/", "must be a valid one of at most 8192 characters")]
    public void Refusal_WhenTheUrlIsNot_SaysWhyWithoutIt(string text, string refusal)
    {
        PictureLink.Refusal(text, new(), out var link).ShouldBe(refusal);

        link.ShouldBeNull();
    }

    [Fact]
    public void Refusal_WhenTheUrlIsLong_IsRefused()
        => PictureLink.Refusal("https://example.com/" + new string('a', PictureLink.MaxLength), new(), out _).ShouldNotBeNull();

    [Theory]
    [InlineData("http://gpu.lan/a.png", true)]
    [InlineData("http://gpu.lan:8080/a.png", true)]
    [InlineData("https://gpu.lan:8080/a.png", true)]
    [InlineData("http://gpu.lan:22/", false)]
    [InlineData("ftp://gpu.lan/", false)]
    public void Refusal_WhenTheOperatorAllowsMore_LetsThatPass(string text, bool passes)
    {
        var options = new HttpOptions { FetchPrivateHosts = true, FetchPorts = [8080] };

        (PictureLink.Refusal(text, options, out _) is null).ShouldBe(passes);
    }
}
