using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>Requests recorded from real clients, re-sent byte for byte.</summary>
public sealed class RecordingTests(EdgeFixture edge) : IClassFixture<EdgeFixture>
{
    public static TheoryData<string> Recordings
        => [.. Directory.EnumerateFiles(Folder, "*.http").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Fixtures");

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Edit_WhenSentByARealClient_AnswersWithAPicture(string recording)
    {
        var (status, text) = await RawHttp.ReplayAsync(edge.Service.Address, await File.ReadAllBytesAsync(Path.Combine(Folder, recording)));

        status.ShouldBe(200, text);
        var body = JsonNode.Parse(text)!;
        var pictures = body["data"]!.AsArray();
        pictures.Count.ShouldBeGreaterThan(0);
        foreach (var picture in pictures)
        {
            Convert.FromBase64String((string)picture!["b64_json"]!).Length.ShouldBeGreaterThan(100);
        }

        ((string?)body["extra_fields"]!["provider"]).ShouldBe("openai");
    }
}
