using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Errors;

/// <summary>Errors that no endpoint makes have the one shape too.</summary>
public sealed class ErrorShapeTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("GET", "/", 404, "not_found")]
    [InlineData("GET", "/v1/images/edit", 404, "not_found")]
    [InlineData("POST", "/v1/nothing", 404, "not_found")]
    [InlineData("GET", "/v1/images/edits", 405, "method_not_allowed")]
    [InlineData("DELETE", "/v1/jobs/job_1", 405, "method_not_allowed")]
    public async Task Request_WhenNothingTakesIt_IsAnsweredInTheOneShape(string method, string path, int status, string code)
    {
        var answer = await _host.SendAsync(new HttpMethod(method), path, null);

        (answer.Status, answer.Code, answer["Content-Type"]).ShouldBe((status, code, "application/json"));
        answer.Json.EnumerateObject().Select(p => p.Name)
            .ShouldBe(["event_id", "type", "is_bifrost_error", "status_code", "status", "title", "detail", "error", "extra_fields"]);
        answer.Json.GetProperty("event_id").GetString().ShouldBe(answer.Error.GetProperty("event_id").GetString());
        answer["x-should-retry"].ShouldBe("false");
        answer["x-request-id"].ShouldStartWith("req_");
    }

    [Fact]
    public async Task Request_WhenTheServiceFails_Answers500WithoutDetails()
    {
        _host.Jobs.Outcome = (_, _) => throw new InvalidOperationException("secret inside");

        var answer = await _host.EditAsync(Form.Minimal());

        (answer.Status, answer.Code).ShouldBe((500, "internal_error"));
        answer.Json.GetProperty("is_bifrost_error").GetBoolean().ShouldBeTrue();
        answer.Text.ShouldNotContain("secret");
        answer["x-request-id"].ShouldStartWith("req_");
    }

    [Theory]
    [InlineData("abc.DEF_1-2", true)]
    [InlineData("has blank", false)]
    [InlineData("<script>", false)]
    public async Task Request_WhenItHasAnId_IsEchoedIfWellFormed(string id, bool isKept)
    {
        var answer = await _host.GetAsync("/v1/jobs/job_0", ("x-request-id", id));

        (answer["x-request-id"] == id).ShouldBe(isKept);
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public async Task Request_WhenItsIdIsLong_IsEchoedUpToTheLimit(int length, bool isKept)
    {
        var id = new string('r', length);

        ((await _host.GetAsync("/health/live", ("x-request-id", id)))["x-request-id"] == id).ShouldBe(isKept);
    }
}
