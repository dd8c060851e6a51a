using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Edits;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Artifacts;

/// <summary>Signed links.</summary>
public sealed class ArtifactTests : IAsyncLifetime
{
    private ApiHost _host = null!;
    private string _link = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        var answer = await _host.EditAsync(Form.Minimal().Text("response_format", "url").Text("n", "2"));
        _link = new Uri(answer.Json.GetProperty("data")[1].GetProperty("url").GetString()!).PathAndQuery;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Get_WhenTheLinkIsGood_ServesThePictureSafely()
    {
        var answer = await _host.GetAsync(_link, ("Authorization", "Bearer nonsense"));

        answer.Status.ShouldBe(200);
        answer.Body.ShouldBe(_host.Jobs.Picture);
        answer["Content-Type"].ShouldBe("image/png");
        answer["X-Content-Type-Options"].ShouldBe("nosniff");
        answer["Content-Security-Policy"].ShouldBe("default-src 'none'; sandbox");
        answer["Referrer-Policy"].ShouldBe("no-referrer");
        answer["Content-Disposition"].ShouldBe("inline; filename=\"edit-1.png\"");
        answer["Accept-Ranges"].ShouldBe("bytes");
        answer["ETag"].ShouldStartWith("\"");
    }

    [Fact]
    public async Task Head_WhenTheLinkIsGood_TellsTheLength()
    {
        var answer = await _host.SendAsync(HttpMethod.Head, _link, null);

        (answer.Status, answer.Body.Length, answer["Content-Length"]).ShouldBe((200, 0, "64"));
    }

    [Fact]
    public async Task Get_WhenARangeIsAsked_ServesIt()
    {
        var answer = await _host.GetAsync(_link, ("Range", "bytes=10-19"));

        (answer.Status, answer["Content-Range"]).ShouldBe((206, "bytes 10-19/64"));
        answer.Body.ShouldBe(_host.Jobs.Picture[10..20]);
    }

    [Theory]
    [InlineData("sig=", "sig=x")]
    [InlineData("exp=", "exp=1")]
    [InlineData("kid=kid_test", "kid=other")]
    [InlineData("kid=", "")]
    [InlineData("exp=", "expires=")]
    [InlineData("?", "?nothing&x")]
    public async Task Get_WhenTheLinkWasChanged_Answers403(string from, string to)
    {
        var answer = await _host.GetAsync(_link.Replace(from, to, StringComparison.Ordinal));

        (answer.Status, answer.Code).ShouldBe((403, "invalid_signature"));
    }

    [Fact]
    public async Task Get_WhenTheLinkNamesAnotherPicture_Answers403()
    {
        var other = _host.Store.Jobs.Single().Slots[0].Picture!.Artifact.Id;
        var own = _host.Store.Jobs.Single().Slots[1].Picture!.Artifact.Id;

        (await _host.GetAsync(_link.Replace(own, other, StringComparison.Ordinal))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Get_WhenTheLinkIsOld_Answers410()
    {
        _host.Time.Advance(TimeSpan.FromHours(25));

        var answer = await _host.GetAsync(_link);

        (answer.Status, answer.Code).ShouldBe((410, "result_expired"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_WhenThePictureIsGone_Answers410(bool rowIsGone)
    {
        if (rowIsGone)
        {
            _host.Store.Forget(_host.Store.Jobs.Single().Slots[1].Picture!.Artifact.Id);
        }
        else
        {
            _host.Artifacts.Clear();
        }

        (await _host.GetAsync(_link)).Code.ShouldBe("result_expired");
    }

    [Theory]
    [InlineData(ArtifactRole.Source)]
    [InlineData(ArtifactRole.Mask)]
    public async Task Get_WhenItIsNoResult_IsNeverServed(ArtifactRole role)
    {
        var source = _host.Submitted.Spec.Images[0].Artifact;
        _host.Store.Put(_host.Store.Artifacts.Single(r => r.Artifact.Id == source.Id) with { Artifact = source with { Role = role } });
        var link = _host.Links.Sign(source, ManualTime.Start.AddHours(1));

        (await _host.GetAsync(link)).Status.ShouldBe(410);
    }
}
