using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Nodes;

namespace MPilot.Jobs.Storage.Postgres;

/// <inheritdoc cref="IStoreHints"/>
/// <remarks>
/// By NOTIFY, which all writers of a server queue for at their commits: so it has transactions of its own, and what was announced while one is under way
/// goes with the next.
/// </remarks>
public sealed partial class PostgresHints(
    PostgresDatabase database, IJobFeed feed, NodeIdentity node, TimeProvider time, ILogger<PostgresHints> logger) : BackgroundService, IStoreHints
{
    /// <summary>How long after a failure the next connection is tried. 1 s.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>How far apart two notices of a node are at least. 20 ms: what changes meanwhile is told of at once.</summary>
    public static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(20);

    private const string Topic = "mpilot_jobs";
    private const char Separator = ',';

    /// <summary>A notice has less than 8,000 bytes; ids are ASCII.</summary>
    private const int MostLetters = 7000;

    private readonly AnnouncedJobs _announced = new();
    private volatile bool _areHeard;

    public bool AreHeard => _areHeard;

    public void Announce(string job) => _announced.Add(job);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Task.WhenAll(RepeatAsync(TellAsync, stoppingToken), RepeatAsync(ListenAsync, stoppingToken));

    private async Task RepeatAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await work(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogHintsFailed(failure.Message);
                await Task.Delay(RetryInterval, time, stoppingToken);
            }
        }
    }

    /// <summary>Tells of all that waits by now.</summary>
    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var jobs = await _announced.TakeAsync(MostLetters, cancellationToken);
        var notice = string.Join(Separator, jobs.Prepend(node.Node));
        await database.WriteAsync(session => session.Prepare(PostgresSql.Notify).Bind(Topic).Bind(notice).Send(), cancellationToken);
        await Task.Delay(LeastInterval, time, cancellationToken);
    }

    /// <summary>Hears what others tell, until the connection is lost.</summary>
    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        connection.Notification += (_, notice) => Hear(notice.Payload);
        await new PostgresSession(connection).ExecuteAsync($"LISTEN {Topic}");
        LogListening();
        try
        {
            Hear(areHeard: true);
            while (true)
            {
                await connection.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            Hear(areHeard: false);
        }
    }

    private void Hear(bool areHeard)
    {
        _areHeard = areHeard;
        feed.HintAll();
    }

    private void Hear(string notice)
    {
        var parts = notice.Split(Separator);
        if (parts[0] == node.Node)
        {
            return;
        }

        foreach (var job in parts.Skip(1))
        {
            feed.Hint(job);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Hears of jobs that other nodes store")]
    private partial void LogListening();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Hints between nodes failed and will go on: {Reason}")]
    private partial void LogHintsFailed(string reason);
}
