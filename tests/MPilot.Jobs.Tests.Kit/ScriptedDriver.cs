using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Drivers;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>A provider whose calls the test completes by hand, or by <see cref="Auto"/>. It outlives the processes that call it.</summary>
public sealed class ScriptedDriver(string provider) : IDriver
{
    private readonly Channel<ScriptedCall> _calls = Channel.CreateUnbounded<ScriptedCall>();
    private readonly ConcurrentQueue<string> _purchases = new();
    private readonly Lock _gate = new();
    private int _inFlight;

    /// <summary>Completes calls by itself, if set.</summary>
    public Func<ScriptedCall, Task>? Auto { get; set; }

    /// <summary>What a call would do with an edit.</summary>
    public Func<EditSpec, EditPlan> Planning { get; set; } = _ => new([], 1);

    /// <summary>Models it has; all by default.</summary>
    public Func<string, bool> Serving { get; set; } = _ => true;

    public string? Unavailable => null;

    /// <summary>The most calls there ever were at one time.</summary>
    public int MaxInFlight { get; private set; }

    /// <summary>The prompts of all calls ever made, in order: each was bought.</summary>
    public ImmutableArray<string> Purchases => [.. _purchases];

    public bool Serves(string model) => Serving(model);

    /// <summary>Models it is known to have; none by default.</summary>
    public IReadOnlyList<string> KnownModels { get; set; } = [];

    public ModelCapabilities Describe(string model) => new() { Pattern = model };

    public EditPlan Plan(EditSpec spec, string model) => Planning(spec);

    /// <summary>The next call that reaches the provider.</summary>
    public async Task<ScriptedCall> NextCallAsync() => await _calls.Reader.ReadAsync();

    /// <summary>Whether a call waits to be taken by <see cref="NextCallAsync"/>.</summary>
    public bool HasCall => _calls.Reader.Count > 0;

    public async Task<DriverAnswer> SendAsync(DriverCall call, IDriverIo io, CancellationToken cancellationToken)
    {
        var scripted = new ScriptedCall(provider, call, io, cancellationToken);
        Count(1);
        try
        {
            _purchases.Enqueue(call.Spec.Prompt!);
            if (Auto is { } auto)
            {
                await auto(scripted);
            }
            else
            {
                _calls.Writer.TryWrite(scripted);
            }

            return await scripted.Answer.WaitAsync(cancellationToken);
        }
        finally
        {
            Count(-1);
        }
    }

    private void Count(int change)
    {
        lock (_gate)
        {
            _inFlight += change;
            MaxInFlight = Math.Max(MaxInFlight, _inFlight);
        }
    }
}
