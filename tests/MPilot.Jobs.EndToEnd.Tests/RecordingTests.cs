using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>Requests recorded from real clients, re-sent byte for byte.</summary>
public sealed class RecordingTests(EdgeFixture edge) : IClassFixture<EdgeFixture>
{
    public static TheoryData<string> Names => [.. Recordings.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Edit_WhenSentByARealClient_AnswersWithAPicture(string recording)
    {
        using var http = new RawHttp(edge.Service.Address);

        await http.WriteAsync(Recordings.Readdressed(recording, edge.Service.Address));
        var answer = await http.ReadAsync();

        answer.Status.ShouldBe(200, answer.Text);
        var pictures = answer.Json.GetProperty("data").EnumerateArray().ToList();
        pictures.ShouldNotBeEmpty();
        pictures.ShouldAllBe(p => p.GetProperty("b64_json").GetBytesFromBase64().Length > 100);
        answer.Json.GetProperty("extra_fields").GetProperty("provider").GetString().ShouldBe("openai");
    }
}
