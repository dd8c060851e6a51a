using System.Diagnostics;
using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>curl, as the documentation shows it.</summary>
public sealed class CurlTests(EdgeFixture edge) : IClassFixture<EdgeFixture>
{
    [Fact]
    public async Task Edit_WhenThePictureIsSmall_GivesAPicture()
    {
        var (answer, talk) = await EditAsync(Png.Gradient(), "a small one");

        IsPng(answer).ShouldBeTrue(answer.ToJsonString());
        talk.ShouldNotContain("Expect:");
    }

    [Fact]
    public async Task Edit_WhenCurlAsksWhetherToSendTheBody_IsToldTo()
    {
        var (answer, talk) = await EditAsync(Png.Heavy(3 << 20), "a heavy one");

        IsPng(answer).ShouldBeTrue(answer.ToJsonString());
        talk.ShouldContain("> Expect: 100-continue");
        talk.ShouldContain("< HTTP/1.1 100 Continue");
    }

    private static bool IsPng(JsonNode answer) => answer["data"]?[0]?["b64_json"] is { } data && Convert.FromBase64String((string)data!).AsSpan(1, 3).SequenceEqual("PNG"u8);

    private async Task<(JsonNode Answer, string Talk)> EditAsync(byte[] picture, string prompt)
    {
        using var files = new Workspace();
        var path = Path.Combine(files.Root, "a.png");
        await File.WriteAllBytesAsync(path, picture);
        string[] arguments =
        [
            "-sSv", "--noproxy", "*", "--max-time", "60", new Uri(edge.Service.Address, "/v1/images/edits").ToString(),
            "-F", "model=gpt-image-1", "-F", $"prompt={prompt}", "-F", $"image=@{path}",
        ];
        using var curl = Process.Start(new ProcessStartInfo("curl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var (output, talk) = (curl.StandardOutput.ReadToEndAsync(), curl.StandardError.ReadToEndAsync());
        await curl.WaitForExitAsync();
        curl.ExitCode.ShouldBe(0, await talk);
        return (JsonNode.Parse(await output)!, await talk);
    }
}
