using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Health;

public sealed class HealthTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Live_WhenTheProcessRuns_SaysSo()
    {
        var answer = await _host.GetAsync("/health/live");

        (answer.Status, answer.Text).ShouldBe((200, """{"status":"live"}"""));
    }

    [Fact]
    public async Task Ready_WhenAllWorks_NamesEveryPart()
    {
        var answer = await _host.GetAsync("/health/ready");

        answer.Status.ShouldBe(200);
        answer.Text.ShouldBe(
            """{"status":"ready","checks":[{"name":"store","status":"ok"},{"name":"artifacts","status":"ok"},{"name":"bus","status":"ok"},{"name":"provider:openai","status":"ok"},{"name":"provider:other","status":"ok"}]}""");
    }

    [Fact]
    public async Task Ready_WhenAProviderCannotWork_IsDegraded()
    {
        _host.Drivers.Unavailable["other"] = "libvips is missing";

        var answer = await _host.GetAsync("/health/ready");

        (answer.Status, answer.Json.GetProperty("status").GetString()).ShouldBe((200, "degraded"));
        answer.Text.ShouldContain("""{"name":"provider:other","status":"unavailable","message":"libvips is missing"}""");
    }

    [Fact]
    public async Task Ready_WhenTheBusIsDown_IsDegradedAndSaysSo()
    {
        _host.Bus.Problem = "The bus cannot be reached; events wait.";

        var answer = await _host.GetAsync("/health/ready");

        (answer.Status, answer.Json.GetProperty("status").GetString()).ShouldBe((200, "degraded"));
        answer.Text.ShouldContain("""{"name":"bus","status":"unavailable","message":"The bus cannot be reached; events wait."}""");
    }

    [Fact]
    public async Task Ready_WhenTheStoreIsAway_Answers503()
    {
        _host.Store.IsAway = true;

        var answer = await _host.GetAsync("/health/ready");

        (answer.Status, answer.Json.GetProperty("status").GetString()).ShouldBe((503, "unavailable"));
    }

    [Fact]
    public async Task Ready_WhenPicturesCannotBeKept_Answers503AndSaysWhy()
    {
        _host.Artifacts.IsFull = true;

        var answer = await _host.GetAsync("/health/ready");

        answer.Status.ShouldBe(503);
        answer.Text.ShouldContain("""{"name":"artifacts","status":"unavailable","message":"Full."}""");
    }
}
