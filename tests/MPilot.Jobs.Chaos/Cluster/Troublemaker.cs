using System.Collections.Concurrent;

using MPilot.Jobs.Chaos.Plans;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Chaos.Cluster;

/// <summary>Does to a cluster what was planned, one thing after the other. What lasts goes on while others are done, but one silo is always left alone.</summary>
internal sealed class Troublemaker(int seed, IReadOnlyList<Silo> silos, PostgresServer server, TimeProvider time)
{
    /// <summary>How long a moment is waited for that may not come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>While it starts, a silo is killed at any moment of these.</summary>
    private static readonly TimeSpan Startup = TimeSpan.FromSeconds(4);

    /// <summary>How long one that slept is left alone, for it to find out that it was taken for dead.</summary>
    private static readonly TimeSpan FindingOut = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<TroubleKind, int> _done = new();
    private readonly ConcurrentDictionary<Silo, Task> _lasting = new();

    /// <summary>What was done.</summary>
    public IReadOnlyDictionary<TroubleKind, int> Done => _done;

    /// <summary>Passed when a caller's job exists.</summary>
    public required Milestone Accepts { get; init; }

    /// <summary>Passed when a provider got a call.</summary>
    public required Milestone Calls { get; init; }

    /// <summary>Passed with everything that was done.</summary>
    public Milestone Progress { get; } = new();

    public async Task MakeAsync(Trouble trouble)
    {
        var moment = (trouble.IsAtCall ? Calls : Accepts).AfterAsync(trouble.Moment);
        await Task.WhenAny(moment, time.ElapseAsync(Patience));
        if (trouble.Kind is TroubleKind.Restart or TroubleKind.Crash)
        {
            await (trouble.Kind == TroubleKind.Crash ? server.CrashAsync() : server.StopAsync());
            await server.ResumeAsync();
        }
        else
        {
            var silo = await ChooseAsync(trouble);
            _lasting[silo] = MakeAsync(trouble, silo);
        }

        _done.AddOrUpdate(trouble.Kind, 1, (_, before) => before + 1);
        Progress.Pass();
    }

    /// <summary>Completes when nothing lasts any more.</summary>
    public Task WhenOverAsync() => Task.WhenAll(_lasting.Values);

    /// <summary>One that listens and to which nothing is done at the moment, and not the last of these.</summary>
    private async Task<Silo> ChooseAsync(Trouble trouble)
    {
        while (true)
        {
            var free = silos.Where(s => s.Door.IsOpen && (!_lasting.TryGetValue(s, out var lasting) || lasting.IsCompleted)).ToList();
            if (free.Count > 1)
            {
                return free[Dice.Of(seed, $"silo {trouble.Number}").Next(free.Count)];
            }

            await time.ElapseAsync(TimeSpan.FromMilliseconds(100));
        }
    }

    private async Task MakeAsync(Trouble trouble, Silo silo)
    {
        switch (trouble.Kind)
        {
            case TroubleKind.Kill:
                await silo.KillAsync(trouble.Lasts);
                break;
            case TroubleKind.KillAtStart:
                await silo.KillAsync(TimeSpan.Zero);
                await time.ElapseAsync(Startup * Dice.Of(seed, $"start {trouble.Number}").NextDouble());
                await silo.KillAsync(TimeSpan.Zero);
                break;
            case TroubleKind.Stop:
                await silo.TerminateAsync();
                break;
            case TroubleKind.Freeze:
                await silo.FreezeAsync();
                await time.ElapseAsync(trouble.Lasts);
                var lives = silo.Ends.Count;
                await silo.ContinueAsync();
                await EndsAsync(silo, lives);
                break;
            default:
                await CutAsync(trouble, silo.Cable);
                break;
        }
    }

    /// <summary>Others have taken over from it meanwhile: it has to find out, and to end by itself.</summary>
    private async Task EndsAsync(Silo silo, int lives)
    {
        var began = time.GetTimestamp();
        while (silo.Ends.Count == lives && time.GetElapsedTime(began) < FindingOut)
        {
            await time.ElapseAsync(TimeSpan.FromMilliseconds(100));
        }
    }

    private async Task CutAsync(Trouble trouble, Cable cable)
    {
        cable.Become(trouble.Kind switch
        {
            TroubleKind.BlackHole => CableState.BlackHole,
            TroubleKind.Reset => CableState.Reset,
            _ => CableState.Delay,
        });
        await time.ElapseAsync(trouble.Lasts);
        cable.Become(CableState.Whole);
    }
}
