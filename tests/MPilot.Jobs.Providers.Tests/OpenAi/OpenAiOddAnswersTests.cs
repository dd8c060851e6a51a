using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Drivers;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Providers.Tests.OpenAi;

/// <summary>What servers of this wire send that OpenAI does not.</summary>
public sealed class OpenAiOddAnswersTests : IAsyncLifetime
{
    private static readonly string Short = Convert.ToBase64String(DriverRig.Png(1, 60));
    private static readonly string Long = Convert.ToBase64String(DriverRig.Png(2, 40_000));

    private readonly WebApplication _server;
    private readonly List<string?> _downloadKeys = [];
    private DriverRig _rig = null!;
    private string _answer = "";
    private int _status = 200;

    public OpenAiOddAnswersTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapPost("/base/v1/images/edits", AnswerAsync);
        _server.MapGet("/files/{name}", ServeAsync);
    }

    public async Task InitializeAsync()
    {
        await _server.StartAsync();
        _rig = OpenAiRig.Against(_server.Urls.Single() + "/base/v1/", "files.example.com", "127.0.0.1");
    }

    public async Task DisposeAsync()
    {
        await _rig.DisposeAsync();
        await _server.DisposeAsync();
    }

    public static TheoryData<string> Pictures() =>
    [
        $$"""{"data":[{"b64_json":"{{Short}}","revised_prompt":"bluer"}]}""",
        $$"""{"data":[{"b64_json":"data:image/png;base64,{{Long}}","revised_prompt":"bluer"}]}""",
        $$"""{"data":[{"b64_json":null,"url":"data:image/png;base64,{{Long}}","revised_prompt":"bluer"}]}""",
        $$"""{"data":[{"url":"data:image/png;base64,{{Short}}","revised_prompt":"bluer"}]}""",
        $$"""{"data":[{"b64_json":"%%%%","revised_prompt":"x"},{"b64_json":"{{Long}}","revised_prompt":"bluer"},null,7,{}],"usage":null}""",
    ];

    [Fact]
    public async Task SendAsync_WhenTheAnswerNamesWhatNobodyMaySee_ShowsItWithoutThat()
    {
        var address = _server.Urls.Single();
        _answer = $$$"""
            {"data":[{"b64_json":"{{{Short}}}","url":"{{{address}}}/files/a.png?sig=1","revised_prompt":"{{{OpenAiRig.Secret}}} \"blue\" at {{{address}}}/x"}],
             "{{{OpenAiRig.Secret}}}":[true,null,1.50,"data:image/png;base64,{{{Short}}}","org-abcdef123"],"note":"{{{new string('ä', 20_000)}}}"}
            """;

        (await _rig.SendAsync(_rig.Spec())).ShouldBeOfType<DriverAnswer.Delivered>();

        _rig.Pictures.Shown[WireSide.Response].ShouldBe(
            """{"data":[{"b64_json":"<picture, 60 bytes>","url":"<a link>","revised_prompt":"[hidden] \"blue\" at [url]"}],"[hidden]":[true,null,1.50,"<picture, 60 bytes>","[id]"],"note":"<a long text>"}""");
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task SendAsync_WhenPictureComesInAnyForm_DeliversIt(string answer)
    {
        _answer = answer;

        var delivered = (await _rig.SendAsync(_rig.Spec(), count: 5, model: "flux")).ShouldBeOfType<DriverAnswer.Delivered>();

        delivered.Pictures.ShouldHaveSingleItem().RevisedPrompt.ShouldBe("bluer");
        delivered.Usage.ShouldBeNull();
        _rig.NothingIsLeft(delivered: 1);
    }

    [Fact]
    public async Task SendAsync_WhenMorePicturesComeThanAsked_TakesThoseAsked()
    {
        _answer = $$"""{"data":[{"b64_json":"{{Long}}"},{"b64_json":"{{Long}}"}],"quality":"auto","usage":{"input_tokens":-1,"output_tokens":"many","total_tokens":9} }""";

        var delivered = (await _rig.SendAsync(_rig.Spec())).ShouldBeOfType<DriverAnswer.Delivered>();

        delivered.Pictures.Length.ShouldBe(1);
        delivered.Quality.ShouldBeNull();
        delivered.Usage.ShouldBe(new Usage(null, null, null, null, null, null, 9));
        _rig.NothingIsLeft(delivered: 1);
    }

    [Theory]
    [InlineData(200, "null", FailureKind.Broken)]
    [InlineData(200, "[]", FailureKind.Broken)]
    [InlineData(200, """{"data":{}}""", FailureKind.Broken)]
    [InlineData(200, """{"error":{"code":"content_policy_violation","message":"no"}}""", FailureKind.Refused)]
    [InlineData(200, """{"error":{"code":"odd"}}""", FailureKind.Broken)]
    [InlineData(204, "", FailureKind.Broken)]
    [InlineData(302, "", FailureKind.Broken)]
    [InlineData(307, "", FailureKind.Broken)]
    public async Task SendAsync_WhenNoPictureComes_NamesTheKind(int status, string answer, FailureKind kind)
    {
        (_status, _answer) = (status, answer);

        var failure = await _rig.FailAsync();

        failure.Kind.ShouldBe(kind);
        failure.StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("{server}/files/good.png", true)]
    [InlineData("{server}/files/gone.png", false)]
    [InlineData("{server}/files/moved.png", false)]
    [InlineData("{server}/files/cut.png", false)]
    [InlineData("{server}/files/text.png", false)]
    [InlineData("http://127.0.0.1:1/files/good.png", false)]
    [InlineData("https://127.0.0.1:{port}/files/good.png", false)]
    [InlineData("https://evil.example.com/good.png", false)]
    [InlineData("http://169.254.169.254/latest", false)]
    [InlineData("file:///etc/hostname", false)]
    [InlineData("/files/good.png", false)]
    public async Task SendAsync_WhenPictureIsALink_FetchesOnlyWhereAllowed(string link, bool fetched)
    {
        var server = new Uri(_server.Urls.Single());
        link = link.Replace("{server}", server.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal).Replace("{port}", $"{server.Port}", StringComparison.Ordinal);
        _answer = $$"""{"data":[{"url":"{{link}}"}]}""";

        var answer = await _rig.SendAsync(_rig.Spec());

        (answer is DriverAnswer.Delivered).ShouldBe(fetched);
        (answer as DriverAnswer.Failed)?.Failure.Kind.ShouldBe(FailureKind.Broken);
        _downloadKeys.ShouldAllBe(k => k == $"Bearer {OpenAiRig.Secret}");
        _rig.NothingIsLeft(delivered: fetched ? 1 : 0);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Response.StatusCode = _status;
        if (_status is 302 or 307)
        {
            context.Response.Headers.Location = "/files/good.png";
        }

        if (_answer.Length > 0)
        {
            await context.Response.WriteAsync(_answer);
        }
    }

    private async Task ServeAsync(HttpContext context, string name)
    {
        _downloadKeys.Add(context.Request.Headers.Authorization);
        switch (name)
        {
            case "good.png":
                await context.Response.Body.WriteAsync(DriverRig.Png(3));
                break;
            case "moved.png":
                context.Response.Redirect("/files/good.png");
                break;
            case "cut.png":
                context.Response.ContentLength = 9000;
                await context.Response.Body.WriteAsync(DriverRig.Png(3));
                await context.Response.Body.FlushAsync();
                context.Abort();
                break;
            case "text.png":
                await context.Response.WriteAsync("no picture");
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }
}
