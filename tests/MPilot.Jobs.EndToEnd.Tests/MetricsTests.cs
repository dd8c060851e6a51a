using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>What Prometheus reads of the real process, held against what happened.</summary>
public sealed class MetricsTests : OneProviderTests
{
    private const string Prompt = "a prompt nobody else may see";

    private ServiceProcess _service = null!;
    private EditClient _client = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _service = await ServiceProcess.StartAsync(Workspace, Configurations.With(Provider, openAi => openAi["Retries"] = 1));
        _client = EditClient.For(_service);
    }

    public override async Task DisposeAsync()
    {
        _client.Dispose();
        await _service.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Metrics_AfterASucceededAFailedARetriedAndACanceledJob_TellJustThat()
    {
        (await FinalAsync(await SubmitAsync("gpt-image-2"))).ShouldBe("succeeded");
        Provider.Script(new ScriptAction { Moderation = true });
        (await FinalAsync(await SubmitAsync("gpt-image-2"))).ShouldBe("failed");
        Provider.Script(new ScriptAction { Status = 500 });
        (await FinalAsync(await SubmitAsync("gpt-image-1.5"))).ShouldBe("succeeded");
        (await FinalAsync(await CancelAsync())).ShouldBe("canceled");

        var text = await _client.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var samples = ExpositionRules.Read(text);

        Of(samples, "mpilot_jobs_accepted_total", "mpilot_jobs_finalized_total", "mpilot_attempts_started_total", "mpilot_attempts_ended_total",
            "mpilot_provider_answers_total", "mpilot_gate_wait_seconds_count", "mpilot_jobs_duration_seconds_count").ShouldBe(
        [
            """mpilot_attempts_ended_total{failure="none",outcome="canceled",provider="openai"} 1""",
            """mpilot_attempts_ended_total{failure="none",outcome="succeeded",provider="openai"} 2""",
            """mpilot_attempts_ended_total{failure="refused",outcome="failed",provider="openai"} 1""",
            """mpilot_attempts_ended_total{failure="transient",outcome="failed",provider="openai"} 1""",
            """mpilot_attempts_started_total{provider="openai"} 5""",
            """mpilot_gate_wait_seconds_count{provider="openai"} 5""",
            "mpilot_jobs_accepted_total 4",
            """mpilot_jobs_duration_seconds_count{status="canceled"} 1""",
            """mpilot_jobs_duration_seconds_count{status="failed"} 1""",
            """mpilot_jobs_duration_seconds_count{status="succeeded"} 2""",
            """mpilot_jobs_finalized_total{failure="canceled",status="canceled"} 1""",
            """mpilot_jobs_finalized_total{failure="none",status="succeeded"} 2""",
            """mpilot_jobs_finalized_total{failure="refused",status="failed"} 1""",
            """mpilot_provider_answers_total{provider="openai",status_class="2xx"} 2""",
            """mpilot_provider_answers_total{provider="openai",status_class="4xx"} 1""",
            """mpilot_provider_answers_total{provider="openai",status_class="5xx"} 1""",
            """mpilot_provider_answers_total{provider="openai",status_class="none"} 1""",
        ]);
        var uploads = 4 * (double)Png.Gradient().Length;
        samples["mpilot_artifacts_written_bytes_total"].ShouldBeGreaterThan(uploads);
        samples["mpilot_store_commit_writes_sum"].ShouldBeGreaterThanOrEqualTo(4 + (5 * 2));
        samples["mpilot_store_commit_duration_seconds_count"].ShouldBe(samples["mpilot_store_commit_writes_count"]);
        samples.Keys.ShouldContain("mpilot_outbox_depth");
    }

    [Fact]
    public async Task Metrics_WhateverCallersSend_HoldNothingOfIt()
    {
        await FinalAsync(await SubmitAsync("gpt-image-2"));
        using var form = EditClient.Form(Png.Gradient(), ("model", "openai/no-such-model-7"), ("prompt", Prompt));
        await _client.PostAsync(form);
        using var odd = new HttpRequestMessage(new HttpMethod("ODDMETHOD"), "/v1/odd/path-of-a-caller");
        using var answer = await _client.Http.SendAsync(odd);

        var text = await _client.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        ExpositionRules.Read(text);
        foreach (var private_ in new[] { Prompt, "no-such-model", "ODDMETHOD", "path-of-a-caller", "sk-test", "job_", "tenant", "art_" })
        {
            text.ShouldNotContain(private_, Case.Sensitive);
        }
    }

    private static IEnumerable<string> Of(Dictionary<string, double> samples, params string[] families)
        => samples.Where(s => families.Contains(s.Key.Split('{')[0])).Select(s => $"{s.Key} {s.Value}").Order(StringComparer.Ordinal);

    private async Task<string> SubmitAsync(string model)
    {
        using var form = EditClient.Form(Png.Gradient(), ("model", $"openai/{model}"), ("prompt", Prompt));
        var (_, body) = await _client.PostAsync(form, ("Prefer", "respond-async"));
        return (string)body["id"]!;
    }

    private async Task<string> FinalAsync(string job) => (string)(await _client.FinalAsync(job))["status"]!;

    private async Task<string> CancelAsync()
    {
        Provider.Script(new ScriptAction { Hold = "canceled" });
        var job = await SubmitAsync("gpt-image-2");
        await Provider.HeldAsync("canceled");
        (await _client.Http.PostAsync(new Uri($"/v1/jobs/{job}/cancel", UriKind.Relative), null)).IsSuccessStatusCode.ShouldBeTrue();
        await _client.FinalAsync(job);
        Provider.Release("canceled");
        return job;
    }
}
