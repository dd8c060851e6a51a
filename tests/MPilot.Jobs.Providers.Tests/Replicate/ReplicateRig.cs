using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Simulators;
using MPilot.Jobs.Simulators.Ledgers;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

namespace MPilot.Jobs.Providers.Tests.Replicate;

/// <summary>The driver and the simulator on one clock, which runs from timer to timer while a call is out.</summary>
internal sealed class ReplicateRig : IAsyncDisposable
{
    public const string Secret = "r8_test_0001";
    public const string Kontext = "black-forest-labs/flux-kontext-pro";

    /// <summary>The longest wait between two questions.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromSeconds(5);

    private readonly DriverRig _rig;

    private ReplicateRig(Simulator simulator, ManualTime time, params CapabilityOptions[] capabilities)
    {
        (Simulator, Time) = (simulator, time);
        _rig = new(
            new() { Kind = "replicate", BaseUrl = new(simulator.BaseUrl), Keys = [new() { Secret = Secret }], Capabilities = [.. capabilities] }, Kontext, time);
    }

    public Simulator Simulator { get; }

    public ManualTime Time { get; }

    public MemoryPictures Pictures => _rig.Pictures;

    public IDriver Driver => _rig.Driver;

    public IProviderJobs Jobs => (IProviderJobs)_rig.Driver;

    public static async Task<ReplicateRig> StartAsync(params CapabilityOptions[] capabilities)
    {
        var time = new ManualTime();
        return new(await Simulator.StartAsync(new SimulatorOptions { Time = time }), time, capabilities);
    }

    public EditSpec Spec(int images = 1) => _rig.Spec(images);

    /// <summary>Makes a call and lets time run until it ended.</summary>
    public Task<DriverAnswer> SendAsync(EditSpec? spec = null, int count = 1, string? model = null)
        => Time.PumpUntilAsync(BeginAsync(spec, count, model), Near);

    /// <summary>Makes a call; time stands still.</summary>
    public Task<DriverAnswer> BeginAsync(EditSpec? spec = null, int count = 1, string? model = null, CancellationToken cancellationToken = default)
        => _rig.SendAsync(spec ?? Spec(), count, model, cancellationToken);

    /// <summary>Lets time run until a call that is out has ended.</summary>
    public Task<DriverAnswer> EndAsync(Task<DriverAnswer> call) => Time.PumpUntilAsync(call, Near);

    /// <summary>Lets time run until something is so.</summary>
    public Task UntilAsync(Task seen) => Time.PumpUntilAsync(seen, Near);

    /// <summary>Takes up a prediction and lets time run until it ended.</summary>
    public Task<DriverAnswer> ResumeAsync(string prediction)
        => Time.PumpUntilAsync(Jobs.ResumeAsync(_rig.Call(Spec()), prediction, Pictures, CancellationToken.None), Near);

    public Task CancelAsync(string prediction) => Jobs.CancelAsync(_rig.Call(Spec()), prediction, CancellationToken.None);

    public async Task<AttemptFailure> FailAsync(ScriptAction action, string? call = null, int times = 1)
    {
        Script(call, action, times);
        return (await SendAsync()).ShouldBeOfType<DriverAnswer.Failed>().Failure;
    }

    public void Script(string? call, ScriptAction action, int times = 1)
        => Simulator.Script(new ScriptRule { Match = new() { Provider = "replicate", Call = call }, Action = action, Times = times });

    /// <summary>A prediction whose node died: it was accepted, and nobody follows it.</summary>
    public async Task<string> AbandonAsync(ScriptAction action)
    {
        Script(null, action with { Hold = "model" });
        using var node = new CancellationTokenSource();
        var call = BeginAsync(cancellationToken: node.Token);
        await Simulator.HeldAsync("model");
        await node.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => EndAsync(call));
        return Pictures.Accepted.ShouldHaveSingleItem();
    }

    /// <summary>The calls whose path starts so, in order.</summary>
    public IReadOnlyList<CallRecord> Calls(string path) => [.. Simulator.Ledger.Calls.Where(c => c.Path.StartsWith(path, StringComparison.Ordinal))];

    public void NothingIsLeft(int delivered = 0) => _rig.NothingIsLeft(delivered);

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        await Simulator.DisposeAsync();
    }
}
