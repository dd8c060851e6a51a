using System.Net;
using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>What happens to calls in flight when the service is told to stop.</summary>
public sealed class StopTests : OneProviderTests
{
    [Fact]
    public async Task Stop_WhenACallIsInFlight_LetsItEndAndAnswersItsCaller()
    {
        // The answer takes some seconds more after the service was told to stop.
        Provider.Script(new ScriptAction { Hold = "call", SlowDripMs = 250, DripBytes = 8_000, PictureBytes = 100_000 });
        await using var service = await ServiceProcess.StartAsync(Workspace, Configurations.With(Provider));
        using var client = EditClient.For(service);
        using var form = EditClient.Form(Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", "p"), ("response_format", "url"));
        var answer = client.PostAsync(form);
        await Provider.HeldAsync("call");

        await service.TerminateAsync();
        Provider.Release("call");

        (await answer).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await service.EndedAsync()).ShouldBe(0);
        Workspace.Query("SELECT count(*) FROM jobs WHERE status = 'succeeded'").ShouldBe(1);
    }

    [Fact]
    public async Task Stop_WhileACallIsInFlight_IsNotReadyAndTakesNothingButStillAnswers()
    {
        Provider.Script(new ScriptAction { Hold = "call" });
        await using var service = await ServiceProcess.StartAsync(Workspace, Configurations.With(Provider));
        using var client = EditClient.For(service);
        var job = await SubmitAsync(client);
        await Provider.HeldAsync("call");

        await service.TerminateAsync();
        await service.SaidAsync("Told to stop");
        var ready = (await client.GetAsync("/health/ready")).Response;
        using var form = EditClient.Form(Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", "too late"));
        var (refusal, error) = await client.PostAsync(form);
        var (_, running) = await client.GetAsync($"/v1/jobs/{job}");
        Provider.Release("call");

        (await service.EndedAsync()).ShouldBe(0, service.Output);
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refusal.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ((string)error["error"]!["code"]!).ShouldBe("overloaded");
        refusal.Headers.RetryAfter.ShouldNotBeNull();
        ((string)running["status"]!).ShouldBe("running");
        Workspace.Query("SELECT count(*) FROM jobs").ShouldBe(1);
        Workspace.Query("SELECT count(*) FROM jobs WHERE status = 'succeeded'").ShouldBe(1);
    }

    [Fact]
    public async Task Stop_WhenTheTimeIsUp_SendsWaitersHomeAndLeavesTheCallToTheNextStart()
    {
        Provider.Script(new ScriptAction { Hold = "call" });
        var configuration = Configurations.With(Provider);
        configuration["Jobs"] = new JsonObject { ["StopTime"] = "00:00:00.2" };
        string job;
        await using (var service = await ServiceProcess.StartAsync(Workspace, configuration))
        {
            using var client = EditClient.For(service);
            using var form = EditClient.Form(Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", "p"));
            var answer = client.PostAsync(form);
            await Provider.HeldAsync("call");

            await service.TerminateAsync();
            var (response, error) = await answer;

            response.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
            ((string)error["error"]!["code"]!).ShouldBe("job_still_running");
            response.Headers.GetValues("x-should-retry").ShouldBe(["true"]);
            job = response.Headers.GetValues("x-mpilot-job-id").Single();
        }

        Provider.Release("call");
        await using var restarted = await ServiceProcess.StartAsync(Workspace, configuration);
        using var asking = EditClient.For(restarted);
        var final = await asking.FinalAsync(job);

        ((string)final["status"]!).ShouldBe("succeeded");
        final["attempts"]!.AsArray().Select(a => (string)a!["outcome"]!).ShouldBe(["lost", "succeeded"]);
        Workspace.Query("SELECT possible_double FROM purchases WHERE number = 2").ShouldBe(1);
    }

    private static async Task<string> SubmitAsync(EditClient client)
    {
        using var form = EditClient.Form(Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", "p"));
        var (response, body) = await client.PostAsync(form, ("Prefer", "respond-async"));
        ((int)response.StatusCode).ShouldBe(202, body.ToJsonString());
        return (string)body["id"]!;
    }
}
