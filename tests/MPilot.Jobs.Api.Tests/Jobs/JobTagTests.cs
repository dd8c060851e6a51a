using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Jobs;

public sealed class JobTagTests
{
    [Theory]
    [InlineData("{0}", 304)]
    [InlineData("W/{0}", 304)]
    [InlineData("\"other\", {0}", 304)]
    [InlineData("*", 304)]
    [InlineData("\"other\"", 200)]
    [InlineData("nonsense", 200)]
    public async Task Get_WhenTheCallerKnowsTags_AnswersAsHttpSays(string header, int status)
    {
        await using var host = await ApiHost.StartAsync();
        var id = (await host.EditAsync(Form.Minimal()))["x-mpilot-job-id"];
        var tag = (await host.GetAsync($"/v1/jobs/{id}"))["ETag"]!;

        var answer = await host.GetAsync($"/v1/jobs/{id}", ("If-None-Match", header.Replace("{0}", tag, StringComparison.Ordinal)));

        answer.Status.ShouldBe(status);
    }
}
