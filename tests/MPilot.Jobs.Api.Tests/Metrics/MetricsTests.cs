using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Metrics;

public sealed class MetricsTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Metrics_WhenRead_AreInPrometheusFormatAndKeptByNobody()
    {
        await _host.EditAsync(Form.Minimal());

        var answer = await _host.GetAsync("/metrics");

        (answer.Status, answer["Content-Type"], answer["Cache-Control"]).ShouldBe((200, "text/plain; version=0.0.4; charset=utf-8", "no-store"));
        answer.Text.ShouldContain("# TYPE http_server_request_duration_seconds histogram\n");
        answer.Text.ShouldContain(
            """http_server_request_duration_seconds_count{http_request_method="POST",http_response_status_code="200",http_route="/v1/images/edits",network_protocol_version="1.1",url_scheme="http"} 1""");
        answer.Text.ShouldContain("\nkestrel_active_connections{");
        answer.Text.ShouldContain("\ndotnet_process_cpu_time_seconds_total{");
    }

    [Fact]
    public async Task Metrics_WhenARequestRepeatsAJob_CountIt()
    {
        await _host.EditAsync(Form.Minimal(), ("Idempotency-Key", "k"));
        await _host.EditAsync(Form.Minimal(), ("Idempotency-Key", "k"));

        (await _host.GetAsync("/metrics")).Text.ShouldContain("\nmpilot_jobs_attached_total 1\n");
    }

    [Fact]
    public async Task Metrics_WhenAnotherHostRunsInTheProcess_AreOfThisOneAlone()
    {
        await using var other = await ApiHost.StartAsync();
        await other.EditAsync(Form.Minimal());

        (await _host.GetAsync("/metrics")).Text.ShouldNotContain("http_route=\"/v1/images/edits\"");
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("Via", "1.1 proxy")]
    public async Task Metrics_WhenAProxyAsksForOthers_AreRefused(string header, string value)
    {
        var answer = await _host.GetAsync("/metrics", (header, value));

        (answer.Status, answer.Code).ShouldBe((403, "metrics_not_allowed"));
    }

    [Fact]
    public async Task Metrics_WhenOthersMayRead_AreToldThroughAProxyToo()
    {
        await using var open = await ApiHost.StartAsync(o => o.Http.RemoteMetrics = true);

        (await open.GetAsync("/metrics", ("X-Forwarded-For", "203.0.113.7"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Metrics_WhenTurnedOff_AreNotThere()
    {
        await using var closed = await ApiHost.StartAsync(o => o.Http.Metrics = false);

        (await closed.GetAsync("/metrics")).Status.ShouldBe(404);
    }
}
