using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using MPilot.Jobs.Simulators.Hosting;
using MPilot.Jobs.Simulators.Ledgers;
using MPilot.Jobs.Simulators.OpenAi;
using MPilot.Jobs.Simulators.Pictures;
using MPilot.Jobs.Simulators.Replicate;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Simulators.Uploads;

namespace MPilot.Jobs.Simulators;

/// <summary>Image providers on loopback: strict about what they are sent, scripted in how they fail, and keeping a ledger of what arrived and what was bought.</summary>
public sealed class Simulator : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SimulatorParts _parts;

    private Simulator(WebApplication app, SimulatorParts parts, string address)
    {
        _app = app;
        _parts = parts;
        Address = address;
    }

    /// <summary>The root, such as <c>http://127.0.0.1:1234</c>.</summary>
    public string Address { get; }

    /// <summary>What a client of any of the providers is configured with, such as <c>http://127.0.0.1:1234/v1</c>.</summary>
    public string BaseUrl => $"{Address}/v1";

    /// <summary>What arrived and what was bought.</summary>
    public CallLedger Ledger => _parts.Ledger;

    /// <summary>The files that arrived, if they are kept.</summary>
    public UploadShelf Uploads => _parts.Uploads;

    public static async Task<Simulator> StartAsync(SimulatorOptions? options = null, CancellationToken cancellation = default)
    {
        var chosen = options ?? new SimulatorOptions();
        var parts = new SimulatorParts(
            new CallLedger(chosen.Time, chosen.LedgerCapacity), new FaultScript(chosen.Otherwise), new Gates(), new PictureStudio(), new PictureShelf(), new UploadShelf(chosen.KeepsUploads),
            chosen.Time);
        var app = Build(chosen, parts);
        await app.StartAsync(cancellation);
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        return new Simulator(app, parts, addresses.Addresses.Single());
    }

    /// <summary>Appends rules, as <c>POST /_script</c> does.</summary>
    /// <exception cref="ArgumentException">A rule contradicts itself; the message lists every mistake.</exception>
    public void Script(params ScriptRule[] rules) => _parts.Script.Append(rules);

    /// <summary>Appends a rule that any call matches.</summary>
    public void Script(ScriptAction action, int times = 1) => Script(new ScriptRule { Action = action, Times = times });

    /// <summary>Forgets all rules; calls already held stay held.</summary>
    public void ClearScript() => _parts.Script.Clear();

    /// <summary>Completes once <paramref name="count"/> calls are held at the gate.</summary>
    public Task HeldAsync(string gate, int count = 1, CancellationToken cancellation = default) => _parts.Gates.HeldAsync(gate, count, cancellation);

    /// <summary>Lets held calls go on, the longest held first; later calls are held again.</summary>
    /// <returns>How many were let go.</returns>
    public int Release(string gate, int count = int.MaxValue) => _parts.Gates.Release(gate, count);

    /// <summary>Completes when the process is asked to end.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    /// <summary>Ends at once; calls still in flight are broken off.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(SimulatorOptions options, SimulatorParts parts)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        var app = builder.Build();
        app.MapControl(parts);
        app.MapOpenAi(parts, app.Lifetime.ApplicationStopping);
        app.MapReplicate(parts, app.Lifetime.ApplicationStopping);
        return app;
    }
}
