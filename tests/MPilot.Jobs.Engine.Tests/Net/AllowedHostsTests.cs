using MPilot.Jobs.Engine.Net;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Net;

public sealed class AllowedHostsTests
{
    [Theory]
    [InlineData("http://gpu.lan:8000/v1/images/edits", true)]
    [InlineData("http://GPU.lan:8000/other", true)]
    [InlineData("http://gpu.lan/", false)]
    [InlineData("http://gpu.lan:6379/", false)]
    [InlineData("https://gpu.lan:8000/", false)]
    [InlineData("https://files.example.com/a.png", true)]
    [InlineData("https://files.example.com:8443/a.png", true)]
    [InlineData("http://files.example.com/a.png", false)]
    [InlineData("https://x.files.example.com/a.png", false)]
    [InlineData("https://a.blobs.net/1", true)]
    [InlineData("https://a.b.blobs.net/1", true)]
    [InlineData("https://blobs.net/1", false)]
    [InlineData("https://.blobs.net/1", false)]
    [InlineData("https://evilblobs.net/1", false)]
    [InlineData("https://files.example.com.evil.org/", false)]
    [InlineData("ftp://files.example.com/", false)]
    [InlineData("file:///etc/passwd", false)]
    public void Allows_WhenHostIsAny_KnowsOnlyItsOwn(string uri, bool allowed)
    {
        var hosts = new AllowedHosts(new("http://gpu.lan:8000/v1"), ["files.example.com", "*.blobs.net"]);

        (Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && hosts.Allows(parsed)).ShouldBe(allowed);
    }
}
