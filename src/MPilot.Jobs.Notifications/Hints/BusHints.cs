using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Notifications.Bus;

namespace MPilot.Jobs.Notifications.Hints;

/// <inheritdoc cref="IStoreHints"/>
/// <remarks>
/// Over the bus; what was announced while a message is under way goes with the next. Each node tells something at least once in a <see cref="Beat"/>, so that
/// the others know of its silence: what is announced while the bus is down is told later, and they look by themselves meanwhile.
/// </remarks>
public sealed partial class BusHints(EventBus bus, HintsEndpoint endpoint, NodeIdentity node, TimeProvider time, ILogger<BusHints> logger)
    : BackgroundService, IStoreHints
{
    /// <summary>How long a hint is of use: by then everybody has looked. 10 s.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    /// <summary>How often a node tells that it is there. 1 s.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private const int MostLetters = 32_000;

    private readonly AnnouncedJobs _announced = new();

    public bool AreHeard => endpoint.AreHeard;

    public void Announce(string job) => _announced.Add(job);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(TellAsync(stoppingToken), ReviewAsync(stoppingToken));

    private async Task TellAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var jobs = await _announced.TakeAsync(MostLetters, Beat, time, stoppingToken);
            if (endpoint.IsListening && await TryTellAsync(new(node.Node, jobs), stoppingToken))
            {
                continue;
            }

            await Task.Delay(Beat, time, stoppingToken);
            foreach (var job in jobs)
            {
                Announce(job);
            }
        }
    }

    private async Task ReviewAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            endpoint.Review();
        }
    }

    private async Task<bool> TryTellAsync(JobsChanged changed, CancellationToken stoppingToken)
    {
        using var late = new CancellationTokenSource(Life, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stoppingToken);
        try
        {
            await bus.TellAsync(changed, Life, either.Token);
            return true;
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            LogHintsWait(failure.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Hints to other nodes wait: {Reason}")]
    private partial void LogHintsWait(string reason);
}
