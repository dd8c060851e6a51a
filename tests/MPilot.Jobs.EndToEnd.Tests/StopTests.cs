using System.Diagnostics;
using System.Globalization;
using System.Net;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>What happens to calls in flight when the service is told to stop.</summary>
public sealed class StopTests : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private Simulator _simulator = null!;

    public async Task InitializeAsync() => _simulator = await Simulator.StartAsync();

    public async Task DisposeAsync()
    {
        await _simulator.DisposeAsync();
        _workspace.Dispose();
    }

    [Fact]
    public async Task Stop_WhenACallIsInFlight_LetsItEndAndAnswersItsCaller()
    {
        // The answer takes some seconds more after the service was told to stop.
        _simulator.Script(new ScriptAction { Hold = "call", SlowDripMs = 250, DripBytes = 8_000, PictureBytes = 100_000 });
        await using var service = await ServiceProcess.StartAsync(_workspace, Configurations.With(_simulator));
        using var client = EditClient.For(service);
        using var form = EditClient.Form(Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", "p"), ("response_format", "url"));
        var answer = client.PostAsync(form);
        await _simulator.HeldAsync("call");

        using var stop = Process.Start("kill", ["-TERM", service.Id.ToString(CultureInfo.InvariantCulture)]);
        await stop.WaitForExitAsync();
        _simulator.Release("call");

        (await answer).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        _workspace.Query("SELECT count(*) FROM jobs WHERE status = 'succeeded'").ShouldBe(1);
    }
}
