using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

using MPilot.Jobs.Chaos.Plans;
using MPilot.Jobs.EndToEnd.Tests.Kit;

namespace MPilot.Jobs.Chaos.Kills;

/// <summary>Starts the service and kills it, again and again.</summary>
internal sealed class Reaper(int seed, Workspace workspace, JsonObject configuration, Door door, TimeProvider time)
{
    /// <summary>How long a moment is waited for that may not come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<KillPhase, int> _kills = new();
    private TimeSpan _startup = TimeSpan.FromSeconds(1);

    /// <summary>How often the service died, by the kind of moment.</summary>
    public IReadOnlyDictionary<KillPhase, int> Kills => _kills;

    /// <summary>Passed when a callers' job exists.</summary>
    public required Milestone Accepts { get; init; }

    /// <summary>Passed when a provider got a call.</summary>
    public required Milestone Calls { get; init; }

    /// <summary>Passed with every death.</summary>
    public Milestone Deaths { get; } = new();

    public async Task KillAsync(int number)
    {
        var dice = Dice.Of(seed, string.Create(CultureInfo.InvariantCulture, $"kill {number}"));
        var phase = dice.Pick(
            (30, KillPhase.Random), (20, KillPhase.Accept), (20, KillPhase.Attempt), (8, KillPhase.Startup), (12, KillPhase.Recovery), (10, KillPhase.Stop));
        var began = time.GetTimestamp();
        await using var service = ServiceProcess.Launch(workspace, configuration);
        if (phase == KillPhase.Startup)
        {
            await time.ElapseAsync(_startup * dice.NextDouble());
        }
        else
        {
            await service.ListenAsync();
            _startup = time.GetElapsedTime(began);
            door.Open(service.Address);
            await MomentAsync(phase, service, dice);
        }

        door.Close();
        await service.KillAsync();
        _kills.AddOrUpdate(phase, 1, (_, before) => before + 1);
        Deaths.Pass();
    }

    private async Task MomentAsync(KillPhase phase, ServiceProcess service, Random dice)
    {
        switch (phase)
        {
            case KillPhase.Accept:
                await EitherAsync(Accepts.AfterAsync(dice.Next(1, 16)));
                break;
            case KillPhase.Attempt:
                await EitherAsync(Calls.AfterAsync(dice.Next(1, 24)));
                await time.ElapseAsync(dice.Milliseconds(0, 40));
                break;
            case KillPhase.Recovery:
                await time.ElapseAsync(dice.Milliseconds(0, 120));
                break;
            case KillPhase.Stop:
                await time.ElapseAsync(dice.Milliseconds(300, 1500));
                await service.TerminateAsync();
                await time.ElapseAsync(dice.Milliseconds(0, 600));
                break;
            default:
                await time.ElapseAsync(dice.Milliseconds(100, 3000));
                break;
        }
    }

    private Task EitherAsync(Task moment) => Task.WhenAny(moment, time.ElapseAsync(Patience));
}
