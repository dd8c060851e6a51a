using System.Text.Json.Nodes;
using MPilot.Jobs.Simulators.Hosting;
using MPilot.Jobs.Simulators.Ledgers;
using MPilot.Jobs.Simulators.Pictures;
using MPilot.Jobs.Simulators.Scripting;

namespace MPilot.Jobs.Simulators.Replicate;

/// <summary>A prediction's life: it starts, is bought as it begins to process, ends, and its data are gone an hour later.</summary>
internal sealed class ReplicatePrediction : IDisposable
{
    private static readonly TimeSpan DataLife = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Pulse _changed = new();
    private readonly CancellationTokenSource _life = new();
    private readonly SimulatorParts _parts;
    private readonly ScriptAction _action;
    private readonly CallEntry _call;
    private ReplicateState _state;
    private ReplicateState? _told;

    public ReplicatePrediction(string id, ReplicateModel model, JsonObject input, CallEntry call, ScriptAction action, SimulatorParts parts)
    {
        (Id, Model, Input, _call, _action, _parts) = (id, model, input, call, action, parts);
        _state = new ReplicateState("starting", parts.Time.GetUtcNow());
    }

    public string Id { get; }

    public ReplicateModel Model { get; }

    public JsonObject Input { get; }

    public ScriptAction Action => _action;

    /// <summary>The pictures it makes; the label's number is that of the call that created it.</summary>
    public required IReadOnlyList<ShelvedPicture> Pictures { get; init; }

    /// <summary>Why it cannot succeed, found out as it runs.</summary>
    public required Func<string?> Obstacle { get; init; }

    public ReplicateState State
    {
        get
        {
            lock (_lock) return _state;
        }
    }

    /// <summary>An hour after its end.</summary>
    public bool IsRemoved => State.Completed is { } end && _parts.Time.GetUtcNow() - end >= DataLife;

    /// <summary>The state to tell somebody who asks.</summary>
    public ReplicateState Tell(bool stale)
    {
        lock (_lock) return (stale ? _told : null) ?? (_told = _state);
    }

    /// <summary>Completes when it ended, or was bought at least.</summary>
    public Task ReachAsync(bool end, CancellationToken cancellation) => _changed.UntilAsync(() => end ? State.Completed is not null : State.Started is not null, cancellation);

    /// <summary>Stops it, unless it ended, or does not listen.</summary>
    public void Cancel()
    {
        if (!_action.IgnoreCancel) _life.Cancel();
    }

    /// <summary>Lives to the end.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_life.Token, stopping);
        try
        {
            if (_action.HoldStart is { } queue) await _parts.Gates.HoldAsync(queue, ending.Token);
            ending.Token.ThrowIfCancellationRequested();
            Become(state => state with { Status = "processing", Started = _parts.Time.GetUtcNow() }, Purchase);
            if (_action.DelayMs is { } delay) await _parts.ElapseAsync(TimeSpan.FromMilliseconds(delay), ending.Token);
            if (_action.Hold is { } gate) await _parts.Gates.HoldAsync(gate, ending.Token);
            if (_action.Hang) await _parts.ElapseAsync(Timeout.InfiniteTimeSpan, ending.Token);
            End(_action.JobEnds ?? (Error() is null ? "succeeded" : "failed"), Error());
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            End(State.Started is null ? "aborted" : "canceled", null);
        }
        catch (OperationCanceledException)
        {
            // The simulator ends, and all that runs in it.
        }
    }

    public void Dispose() => _life.Dispose();

    private void Purchase()
    {
        if (_action.Purchased ?? true) _parts.Ledger.Purchase(_call, Pictures.Count);
    }

    private string? Error() => _action.Moderation
        ? "The input or output was flagged as sensitive. Please try again with different inputs. (E005)"
        : _action.JobError ?? Obstacle();

    private void End(string status, string? error) => Become(state => state with { Status = status, Error = error, Completed = _parts.Time.GetUtcNow() }, () => { });

    private void Become(Func<ReplicateState, ReplicateState> change, Action with)
    {
        lock (_lock)
        {
            _state = change(_state);
            with();
        }
        _changed.Beat();
    }
}
