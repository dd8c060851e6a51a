using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Notifications.Bus;

namespace MPilot.Jobs.Notifications.Hints;

/// <inheritdoc cref="IStoreHints"/>
/// <remarks>Over the bus; what was announced while a message is under way goes with the next, and what is announced while the bus is down is lost.</remarks>
public sealed partial class BusHints(EventBus bus, HintsEndpoint endpoint, NodeIdentity node, TimeProvider time, ILogger<BusHints> logger)
    : BackgroundService, IStoreHints
{
    /// <summary>How long a hint is of use: by then everybody has looked. 10 s.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    private const int MostLetters = 32_000;

    private readonly AnnouncedJobs _announced = new();

    public bool AreHeard => endpoint.AreHeard;

    public void Announce(string job) => _announced.Add(job);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var jobs = await _announced.TakeAsync(MostLetters, stoppingToken);
            if (AreHeard)
            {
                await TellAsync(new(node.Node, jobs), stoppingToken);
            }
        }
    }

    private async Task TellAsync(JobsChanged changed, CancellationToken stoppingToken)
    {
        using var late = new CancellationTokenSource(Life, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stoppingToken);
        try
        {
            await bus.TellAsync(changed, Life, either.Token);
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            LogHintLost(failure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A hint to other nodes got lost: {Reason}")]
    private partial void LogHintLost(string reason);
}
