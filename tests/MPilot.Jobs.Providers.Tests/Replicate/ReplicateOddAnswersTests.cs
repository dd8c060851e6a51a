using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Providers.Tests.Replicate;

/// <summary>What no well-behaved provider answers.</summary>
public sealed class ReplicateOddAnswersTests : IAsyncLifetime
{
    private static readonly string Picture = Convert.ToBase64String(DriverRig.Png(1, 60));

    private readonly WebApplication _server;
    private readonly ManualTime _time = new();
    private readonly List<string> _asked = [];
    private readonly Queue<string> _polls = [];
    private DriverRig _rig = null!;
    private string _created = "";

    public ReplicateOddAnswersTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapPost("/v1/files", () => Results.Text($$$"""{"id":"f1","urls":{"get":"{{{_server.Urls.Single()}}}/v1/files/f1"}}"""));
        _server.MapDelete("/v1/files/f1", () => Results.StatusCode(500));
        _server.MapPost("/v1/models/{owner}/{name}/predictions", () => Results.Text(_created, statusCode: 201));
        _server.MapGet("/v1/predictions/{id}", () => Results.Text(_polls.Dequeue()));
        _server.Use((context, next) =>
        {
            _asked.Add(context.Request.Path);
            return next(context);
        });
    }

    public async Task InitializeAsync()
    {
        await _server.StartAsync();
        _rig = new(
            new() { Kind = "replicate", BaseUrl = new(_server.Urls.Single() + "/v1/"), Keys = [new() { Secret = ReplicateRig.Secret }] }, ReplicateRig.Kontext, _time);
    }

    public async Task DisposeAsync()
    {
        await _rig.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("\"data:image/png;base64,PICTURE\"")]
    [InlineData("[null,7,{},\"data:image/png;base64,PICTURE\"]")]
    [InlineData("[\"data:image/png;base64,PICTURE\",\"data:image/png;base64,PICTURE\"]")]
    public async Task SendAsync_WhenOutputsAreMixed_TakesThePictureAsked(string output)
    {
        _created = $$"""{"id":"p1","status":"succeeded","output":{{output.Replace("PICTURE", Picture, StringComparison.Ordinal)}}}""";

        (await SendAsync()).ShouldBeOfType<DriverAnswer.Delivered>().Pictures.ShouldHaveSingleItem();

        _rig.NothingIsLeft(delivered: 1);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"data:image/png;base64,%%%\"")]
    [InlineData("\"out.png\"")]
    public async Task SendAsync_WhenThereIsNoPictureInIt_IsBroken(string output)
    {
        _created = $$"""{"id":"p1","status":"succeeded","output":{{output}}}""";

        (await SendAsync()).ShouldBeOfType<DriverAnswer.Failed>().Failure.Kind.ShouldBe(FailureKind.Broken);

        _rig.NothingIsLeft();
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/a.png")]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("https://evil.example.com/a.png")]
    [InlineData("http://replicate.delivery/a.png")]
    [InlineData("https://replicate.delivery.example.com/a.png")]
    [InlineData("file:///etc/hostname")]
    public async Task SendAsync_WhenALinkLeadsElsewhere_DoesNotFollowIt(string link)
    {
        _created = $$"""{"id":"p1","status":"succeeded","output":"{{link}}"}""";
        _polls.Enqueue(_created);

        (await SendAsync()).ShouldBeOfType<DriverAnswer.Failed>().Failure.Kind.ShouldBe(FailureKind.Lost);
    }

    [Fact]
    public async Task SendAsync_WhenItIsToBeAskedAfterElsewhere_AsksTheConfiguredServer()
    {
        var elsewhere = $"{_server.Urls.Single()}/elsewhere";
        _created = $$$"""{"id":"p1","status":"starting","urls":{"get":"{{{elsewhere}}}","cancel":"{{{elsewhere}}}"}}""";
        _polls.Enqueue("""{"id":"p1","status":"dreaming"}""");
        _polls.Enqueue("[]");
        _polls.Enqueue($$"""{"id":"p1","status":"succeeded","output":"data:image/png;base64,{{Picture}}"}""");

        (await SendAsync()).ShouldBeOfType<DriverAnswer.Delivered>();

        _asked.ShouldBe(
        [
            "/v1/files", $"/v1/models/{ReplicateRig.Kontext}/predictions", "/v1/predictions/p1", "/v1/predictions/p1", "/v1/predictions/p1", "/v1/files/f1",
        ]);
    }

    [Theory]
    [InlineData("""{"status":"starting"}""")]
    [InlineData("""{"id":"../files","status":"starting"}""")]
    [InlineData("""{"id":"","status":"starting"}""")]
    [InlineData("""{"id":7}""")]
    [InlineData("null")]
    public async Task SendAsync_WhenThePredictionHasNoUsableId_IsBroken(string created)
    {
        _created = created;

        (await SendAsync()).ShouldBeOfType<DriverAnswer.Failed>().Failure.Kind.ShouldBe(FailureKind.Broken);

        _rig.Pictures.Accepted.ShouldBeEmpty();
    }

    private Task<DriverAnswer> SendAsync() => _time.PumpUntilAsync(_rig.SendAsync(_rig.Spec()), TimeSpan.FromSeconds(5));
}
