using System.Diagnostics;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Hosting.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Hosting.Tests;

/// <summary>What the service prints when it is up.</summary>
public sealed class WelcomeTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Text_WhenLocalIsServed_NamesTheAddressAndALineToPaste()
    {
        var text = Welcome.Text("http://127.0.0.1:5/", Options("cut", "local"));
        text.ShouldContain("MPilot.Jobs listens on http://127.0.0.1:5\n");
        text.ShouldContain("Providers: cut.");
        text.ShouldContain("model=cut/background-removal");
    }

    [Fact]
    public void Text_WhenLocalIsNotServed_HasNoLineToPaste() => Welcome.Text("http://127.0.0.1:5", Options("o", "openai")).ShouldNotContain("curl");

    [Fact]
    public void Text_WhenThereAreKeys_SaysSoAndNotTheKeys()
    {
        var options = Options("local", "local");
        Welcome.Text("http://127.0.0.1:5", options).ShouldContain("No keys are configured");
        options.Keys = [new() { Name = "web", Secret = "sk-bf-0123456789abcdef", Tenant = "shop" }];

        var text = Welcome.Text("http://127.0.0.1:5", options);

        text.ShouldContain("Keys: 1. Every call needs one");
        text.ShouldContain("-H \"x-bf-vk: $MPILOT_KEY\"");
        text.ShouldNotContain("0123456789abcdef");
    }

    [VipsFact]
    public async Task Text_WhenItsLineIsPasted_CutsTheSampleOut()
    {
        await using var app = await Services.StartAsync(_workspace);
        var text = Welcome.Text(app.Urls.Single(), Options("local", "local"));
        await PasteAsync(text.Split('\n').Single(l => l.Contains("curl", StringComparison.Ordinal)));
        (await PngAlpha.CornerAsync(Path.Combine(_workspace.Root, "cutout.png"))).ShouldBe((byte)0);
    }

    [VipsTheory]
    [InlineData("a vase.png")]
    [InlineData("it's; \"a\", $HOME \\ vase.png")]
    public async Task CutOut_WhenThePathIsOdd_StillWorksAsPasted(string name)
    {
        var picture = Path.Combine(_workspace.Root, name);
        File.Copy(Sample(), picture);
        await using var app = await Services.StartAsync(_workspace);
        await PasteAsync(Welcome.CutOut(app.Urls.Single(), "local", picture));
        (await PngAlpha.CornerAsync(Path.Combine(_workspace.Root, "cutout.png"))).ShouldBe((byte)0);
    }

    private static MPilotOptions Options(string provider, string kind) => new() { Providers = { [provider] = new() { Kind = kind } } };

    private static string Sample()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "samples", "vase.png")))
        {
            folder = folder.Parent.ShouldNotBeNull("the sample picture stands above the tests");
        }

        return Path.Combine(folder.FullName, "samples", "vase.png");
    }

    private async Task PasteAsync(string line)
    {
        var start = new ProcessStartInfo("bash", ["-o", "pipefail", "-c", line])
        {
            WorkingDirectory = _workspace.Root, RedirectStandardError = true, UseShellExecute = false,
        };
        using var shell = Process.Start(start)!;
        var error = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        shell.ExitCode.ShouldBe(0, error);
    }
}
