using System.Text;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>Traces and metrics as a collector gets them from the real process.</summary>
public sealed class TraceTests : OneProviderTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string CallersSpan = "b7ad6b7169203331";
    private const string Prompt = "a prompt nobody else may see";

    private const int Server = 2;
    private const int Client = 3;

    private OtlpReceiver _collector = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _collector = await OtlpReceiver.StartAsync();
    }

    public override async Task DisposeAsync()
    {
        await _collector.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Trace_WhenTheProcessIsKilledBetweenTwoAttempts_HoldsThemBoth()
    {
        // The first call fails, the second never ends, the third is made by the next process.
        Provider.Script(new ScriptRule { Action = new() { Status = 500 } }, new ScriptRule { Action = new() { Hold = "second" } });
        string job;
        await using (var service = await StartAsync())
        {
            job = await SubmitAsync(service);
            await Provider.HeldAsync("second");
            await _collector.WhenAsync(c => c.Spans.Any(s => s.Name == "attempt"));
            await service.KillAsync();
        }

        Provider.Release("second");
        await using var restarted = await StartAsync();
        using var client = EditClient.For(restarted);
        await client.FinalAsync(job);
        await _collector.WhenAsync(c => c.Spans.Count(s => s.Name == "attempt") == 2);

        var attempts = _collector.Spans.Where(s => s.Name == "attempt").ToList();
        attempts.ShouldAllBe(s => s.TraceId == TraceId && s.State == "vendor=1" && s.Kind == Client && s["mpilot.job.id"] == job);
        attempts.Select(s => (s["mpilot.attempt"], s["mpilot.provider"], s["mpilot.key"], s["mpilot.outcome"], s["http.response.status_code"]))
            .ShouldBe([("1", "openai", "main", "failed", "500"), ("3", "openai", "main", "succeeded", null)]);
        var request = _collector.Spans.Single(s => s.Kind == Server && s.TraceId == TraceId);
        request.ParentId.ShouldBe(CallersSpan);
        attempts.Select(s => s.ParentId).Distinct().ShouldBe([request.SpanId]);
        _collector.Spans.Single(s => s.Name == "job.submit").ParentId.ShouldBe(request.SpanId);
        _collector.Spans.Where(s => s.Name == "artifact.write" && s.ParentId == attempts[1].SpanId).ShouldHaveSingleItem();

        var samples = ExpositionRules.Read(await client.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative)));
        samples["""mpilot_attempts_ended_total{failure="lost",outcome="lost",provider="openai"}"""].ShouldBe(1);
        samples["""mpilot_attempts_possible_double_purchases_total{provider="openai"}"""].ShouldBe(1);
    }

    [Fact]
    public async Task Export_WhenConfiguredByEnvironment_SaysWhoSendsAndHoldsNothingPrivate()
    {
        await using var service = await StartAsync(("OTEL_SERVICE_NAME", "edits"), ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test%20bed"));
        using var client = EditClient.For(service);
        var job = await SubmitAsync(service);
        await client.FinalAsync(job);
        var (_, result) = await client.GetAsync($"/v1/jobs/{job}/result");
        var link = (string)result["data"]![0]!["url"]!;
        link.ShouldContain("sig=");
        await client.Http.GetByteArrayAsync(new Uri(link));
        await _collector.WhenAsync(c => c.Spans.Any(s => s.Name == "attempt") && c.Metrics.Contains("mpilot.jobs.finalized"));

        (_collector.Resource["service.name"], _collector.Resource["deployment.environment.name"], _collector.Key).ShouldBe(("edits", "test bed", "s3 cret"));
        _collector.Metrics.ShouldContain("http.server.request.duration");
        _collector.Metrics.ShouldContain("dotnet.process.cpu.time");
        foreach (var text in _collector.Bodies.Select(Encoding.UTF8.GetString))
        {
            text.ShouldNotContain(Prompt);
            text.ShouldNotContain("sk-test-main");
            text.ShouldNotContain("sig=");
        }
    }

    [Fact]
    public async Task Provider_WhenARequestHasATrace_IsNotToldOfIt()
    {
        await using var service = await StartAsync();
        using var client = EditClient.For(service);
        await client.FinalAsync(await SubmitAsync(service));

        var call = Provider.Ledger.Read().Calls.ShouldHaveSingleItem();

        call.Headers.Keys.ShouldNotContain(h => h.Equals("traceparent", StringComparison.OrdinalIgnoreCase) || h.Equals("tracestate", StringComparison.OrdinalIgnoreCase));
        call.Headers.Keys.ShouldNotContain(h => h.Equals("baggage", StringComparison.OrdinalIgnoreCase) || h.Equals("Request-Id", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Export_WhenTheCollectorIsAway_HoldsUpNothing()
    {
        await _collector.DisposeAsync();
        await using var service = await StartAsync();
        using var client = EditClient.For(service);

        ((string)(await client.FinalAsync(await SubmitAsync(service)))["status"]!).ShouldBe("succeeded");
    }

    private Task<ServiceProcess> StartAsync(params (string Name, string Value)[] environment)
        => ServiceProcess.StartAsync(
            Workspace, Configurations.With(Provider),
            [
                ("OTEL_EXPORTER_OTLP_ENDPOINT", _collector.Address), ("OTEL_EXPORTER_OTLP_HEADERS", "x-collector-key=s3%20cret"),
                ("OTEL_BSP_SCHEDULE_DELAY", "50"), ("OTEL_METRIC_EXPORT_INTERVAL", "200"), .. environment,
            ]);

    private static async Task<string> SubmitAsync(ServiceProcess service)
    {
        using var client = EditClient.For(service);
        using var form = EditClient.Form(Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", Prompt), ("response_format", "url"));
        var (response, body) = await client.PostAsync(
            form, ("Prefer", "respond-async"), ("traceparent", $"00-{TraceId}-{CallersSpan}-01"), ("tracestate", "vendor=1"), ("baggage", "customer=7"));
        ((int)response.StatusCode).ShouldBe(202, body.ToJsonString());
        return (string)body["id"]!;
    }
}
