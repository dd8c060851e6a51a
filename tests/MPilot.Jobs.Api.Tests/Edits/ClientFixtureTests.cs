using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Edits;

/// <summary>Requests recorded from real clients, sent byte for byte but for path and host.</summary>
public sealed class ClientFixtureTests
{
    public static TheoryData<string> Fixtures => [.. Recordings.Names];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task Edit_WhenAClientSendsIt_AnswersWithItsPictures(string fixture)
    {
        await using var host = await ApiHost.StartAsync();
        using var http = new RawHttp(host.Address);

        await http.WriteAsync(Recordings.Readdressed(fixture, host.Address));
        var answer = await http.ReadAsync();

        answer.Status.ShouldBe(200, answer.Text);
        var data = answer.Json.GetProperty("data").EnumerateArray().ToList();
        data.Count.ShouldBe(host.Submitted.Spec.Count);
        data.ShouldAllBe(d => d.GetProperty("b64_json").GetBytesFromBase64().SequenceEqual(host.Jobs.Picture));
        host.Artifacts.OpenWriters.ShouldBe(0);
    }

    [Fact]
    public async Task Edit_WhenDotnetSendsEverything_ReadsEveryField()
    {
        await using var host = await ApiHost.StartAsync();
        using var http = new RawHttp(host.Address);

        await http.WriteAsync(Recordings.Readdressed("20-v1-dotnet.http", host.Address));
        (await http.ReadAsync()).Status.ShouldBe(200);

        var spec = host.Submitted.Spec;
        spec.Prompt.ShouldBe("p");
        spec.Mask.ShouldNotBeNull();
        (spec.Count, spec.Quality, spec.OutputFormat, spec.OutputCompression).ShouldBe((2, "high", "webp", 80));
        (spec.Background, spec.InputFidelity, spec.User, spec.Size.ToString()).ShouldBe(("transparent", "high", "u1", "1024x1024"));
        spec.Extra.ShouldBeEmpty();
        host.Submitted.ModelRequested.ShouldBe("gpt-image-1");
    }

    [Theory]
    [InlineData("01-v1-o4.http")]
    [InlineData("07-v1-o6.http")]
    [InlineData("19-v1-dotnet.http")]
    public async Task Edit_WhenThePromptIsNotAscii_KeepsIt(string fixture)
    {
        await using var host = await ApiHost.StartAsync();
        using var http = new RawHttp(host.Address);

        await http.WriteAsync(Recordings.Readdressed(fixture, host.Address));
        await http.ReadAsync();

        host.Submitted.Spec.Prompt.ShouldBe("héllo ✓");
    }
}
