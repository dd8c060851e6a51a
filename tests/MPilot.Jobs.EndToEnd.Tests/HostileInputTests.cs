using MPilot.Jobs.EndToEnd.Tests.Hostile;
using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;
using Xunit.Abstractions;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>Hundreds of requests meant to harm, one after another, at one process: each is refused, nothing is left, and the next good one works.</summary>
public sealed class HostileInputTests(ITestOutputHelper output) : OneProviderTests
{
    private const int Fewest = 200;
    private const int Shown = 300;
    private const long MostMemory = 300L << 20;

    /// <summary>How long one answer may take. Asked twice before it counts: the machine may be busy with something else.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private ServiceProcess _service = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var temporary = Directory.CreateDirectory(Path.Combine(Workspace.Root, "tmp")).FullName;
        _service = await ServiceProcess.StartAsync(
            Workspace, Configurations.With(Provider), ("TMPDIR", temporary), ("DOTNET_EnableDiagnostics", "0"));
    }

    public override async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Edit_WhenInputsAreHostile_RefusesEachAndLeavesNothing()
    {
        var inputs = Inputs(new(_service.Address)).ToList();
        inputs.Count.ShouldBeGreaterThan(Fewest);
        await GoodAsync();
        var before = Left();
        var memory = _service.PeakMemory;
        var wrong = new List<string>();

        foreach (var input in inputs)
        {
            if (await JudgeAsync(input) is { } verdict)
            {
                wrong.Add($"{input.Name}: {verdict}");
            }
        }

        output.WriteLine($"{inputs.Count} hostile inputs; peak memory +{(_service.PeakMemory - memory) >> 20} MB");
        wrong.ShouldBeEmpty();
        await GoodAsync();
        var told = Provider.Ledger.Read().Calls.Select(c => $"{c.Status} {c.Code} {string.Join(' ', c.Fields)} {string.Join(' ', c.Parts)}");
        Left().ShouldBe((before.Rows + before.Rows, before.Files + before.Files, before.Calls + before.Calls), string.Join('\n', told));
        Directory.EnumerateFileSystemEntries(Path.Combine(Workspace.Root, "tmp")).ShouldBeEmpty();
        (_service.PeakMemory - memory).ShouldBeLessThan(MostMemory);
        _service.Output.ShouldNotContain("internal_error");
    }

    private static IEnumerable<HostileInput> Inputs(RequestWriter writer)
        => HostileHeaders.All(writer).Concat(HostileForms.All(writer)).Concat(HostileFields.All(writer)).Concat(HostilePictures.All(writer))
            .Concat(HostileJson.All(writer)).Concat(HostileUrls.All(writer));

    /// <summary>What is wrong with the answer, or <c>null</c>.</summary>
    private async Task<string?> JudgeAsync(HostileInput input)
    {
        try
        {
            var answer = await AskedTwiceAsync(input);
            return IsRight(answer.Status, input.IsHarmless) ? null : $"{answer.Status} {answer.Text[..Math.Min(Shown, answer.Text.Length)]}";
        }
        catch (Exception gone) when (gone is IOException && input.BreaksOff)
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or TimeoutException or FormatException)
        {
            return fault.ToString();
        }
    }

    /// <summary>Refused for good, so that no client tries again; a version of HTTP that is none has a status of its own.</summary>
    private static bool IsRight(int status, bool isHarmless)
        => status is (>= 400 and < 500 and not 408 and not 409) or 505 || (isHarmless && status < 400);

    private async Task<Answer> AskedTwiceAsync(HostileInput input)
    {
        try
        {
            return await AskAsync(input);
        }
        catch (TimeoutException)
        {
            return await AskAsync(input);
        }
    }

    private async Task<Answer> AskAsync(HostileInput input)
    {
        using var http = new RawHttp(_service.Address);
        try
        {
            await http.WriteAsync(input.Request).AsTask().WaitAsync(Patience);
            if (input.BreaksOff)
            {
                http.EndSending();
            }
        }
        catch (IOException)
        {
            // Refused before all of it was sent: the answer may be there all the same.
        }

        return await http.ReadAsync().WaitAsync(Patience);
    }

    private async Task GoodAsync()
    {
        using var client = EditClient.For(_service);
        using var form = EditClient.Form(RequestWriter.Picture, ("model", "openai/gpt-image-2"), ("prompt", "p"));

        var (response, body) = await client.PostAsync(form);

        ((int)response.StatusCode).ShouldBe(200, body.ToJsonString());
        body["data"]!.AsArray().Count.ShouldBe(1);
    }

    /// <summary>What a good request leaves, and a bad one does not.</summary>
    private (long Rows, int Files, int Calls) Left()
        => (Workspace.Query("SELECT (SELECT count(*) FROM jobs) + (SELECT count(*) FROM artifacts) + (SELECT count(*) FROM artifact_refs)"),
            Workspace.ArtifactFiles, Provider.Ledger.Read().CallCount);
}
