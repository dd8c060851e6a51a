using System.Net;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>More edits than a provider's line has room for.</summary>
public sealed class OverloadTests : OneProviderTests
{
    private const int Most = 20;

    [Fact]
    public async Task Edit_WhenTheLineIsFull_Answers503AndEndsAllThatWasAccepted()
    {
        Provider.Script(new ScriptAction { Hold = "call" });
        var configuration = Configurations.With(Provider, openAi =>
        {
            openAi["Concurrency"] = 1;
            openAi["MaxQueued"] = 2;
        });
        await using var service = await ServiceProcess.StartAsync(Workspace, configuration);
        using var client = EditClient.For(service);
        var accepted = new List<string>();
        HttpResponseMessage answer;
        do
        {
            using var form = EditClient.Form(Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", "p"));
            (answer, var body) = await client.PostAsync(form, ("Prefer", "respond-async"));
            if (answer.StatusCode == HttpStatusCode.Accepted)
            {
                accepted.Add((string)body["id"]!);
            }
            else
            {
                ((string?)body["error"]!["code"]).ShouldBe("overloaded");
            }
        }
        while (answer.StatusCode == HttpStatusCode.Accepted && accepted.Count < Most);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        answer.Headers.Contains("x-should-retry").ShouldBeFalse();
        accepted.Count.ShouldBeGreaterThanOrEqualTo(3);

        await Provider.HeldAsync("call");
        Provider.Release("call");
        foreach (var job in accepted)
        {
            ((string?)(await client.FinalAsync(job))["status"]).ShouldBe("succeeded");
        }
    }
}
