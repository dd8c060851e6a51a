using System.Collections.Concurrent;

using Microsoft.Extensions.Logging.Abstractions;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Notifications.Relay;
using MPilot.Jobs.Notifications.Tests.Support;
using MPilot.Jobs.Storage.Postgres;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Notifications.Tests.Relay;

/// <summary>Two relays, each with a connection pool of its own, on one PostgreSQL.</summary>
public sealed class SharedOutboxTests : IAsyncLifetime
{
    private const int Jobs = 120;

    private readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly World _world = new();
    private readonly List<Relay> _relays = [];
    private PostgresServer _server = null!;
    private string _name = null!;
    private PostgresDatabase _database = null!;

    public async Task InitializeAsync()
    {
        _server = await PostgresServer.SharedAsync();
        _name = await _server.CreateDatabaseAsync();
        _database = await OpenAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var relay in _relays)
        {
            await relay.StopAsync();
        }

        await _database.DisposeAsync();
        await _server.DropDatabaseAsync(_name);
    }

    [Fact]
    public async Task Relay_WhenTwoLive_PublishEveryRowOnceBetweenThemAndInOrder()
    {
        var (one, other) = (await StartAsync("node_a"), await StartAsync("node_b"));
        await BothHaveSharesAsync();

        var jobs = await InsertAsync();
        await CancelAsync(jobs);
        await EmptyAsync();

        one.Published.ShouldNotBeEmpty();
        other.Published.ShouldNotBeEmpty();
        one.Published.Select(r => r.Job).Intersect(other.Published.Select(r => r.Job), StringComparer.Ordinal).ShouldBeEmpty();
        one.Published.Concat(other.Published).Select(r => r.Id).ShouldBeUnique();
        foreach (var job in one.Published.Concat(other.Published).GroupBy(r => r.Job, r => r.Event.Sequence, StringComparer.Ordinal))
        {
            job.ShouldBe(Enumerable.Range(1, job.Count()).Select(i => (long)i));
        }
    }

    [Fact]
    public async Task Relay_WhenOneIsLostWithRowsInFlight_TheOtherTakesOverWhenItsNodeIsTakenOverFrom()
    {
        var (lost, other) = (await StartAsync("node_a"), await StartAsync("node_b"));
        await BothHaveSharesAsync();
        var stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lost.Bus.Before = (_, stop) =>
        {
            stuck.TrySetResult();
            return RecordingBus.NeverAsync(stop);
        };

        var jobs = await InsertAsync();
        await PumpAsync(() => Task.FromResult(stuck.Task.IsCompleted));
        await PumpAsync(async () => (await MeasureAsync()) == jobs.Count - other.Published.Count && other.Published.Count > 0);
        other.Published.Count.ShouldBeLessThan(Jobs);
        await _server.ExecuteAsync("UPDATE nodes SET lease_until = -1 WHERE id = 'node_a'", _name);
        await EmptyAsync();

        other.Published.Select(r => r.Job).ShouldBe(jobs, ignoreOrder: true);
        lost.Published.ShouldBeEmpty();
    }

    private async Task<PostgresDatabase> OpenAsync()
    {
        var database = new PostgresDatabase(_server.ConnectionTo(_name));
        await database.OpenAsync(CancellationToken.None);
        return database;
    }

    private async Task<Relay> StartAsync(string name)
    {
        var database = await OpenAsync();
        var (node, now) = (new NodeIdentity(name), _world.Time.GetUtcNow());
        node.Register(await new PostgresNodes(database).RegisterAsync(name, now.AddYears(1), expireOthers: false, CancellationToken.None));
        var bus = new RecordingBus();
        var service = new OutboxRelayService(
            new PostgresOutbox(database), new OutboxSignal(new RecordingFeed()), bus, node, _world.Time, NullLogger<OutboxRelayService>.Instance);
        await service.StartAsync(CancellationToken.None);
        var relay = new Relay(service, bus, database);
        _relays.Add(relay);
        return relay;
    }

    private Task BothHaveSharesAsync()
        => PumpAsync(async () => await _server.NumberAsync("SELECT count(*) FROM (SELECT node FROM outbox_shards GROUP BY node HAVING count(*) = 32) AS halves", _name) == 2);

    private Task EmptyAsync() => PumpAsync(async () => await MeasureAsync() == 0);

    private async Task<long> MeasureAsync() => (await new PostgresOutbox(_database).MeasureAsync(CancellationToken.None)).Depth;

    /// <summary>Lets time go on by steps of the relays until something holds.</summary>
    private async Task PumpAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(_patience);
        while (!await holds())
        {
            patience.Token.ThrowIfCancellationRequested();
            _world.Time.Advance(OutboxRelayService.IdleInterval);
        }
    }

    private async Task<List<string>> InsertAsync()
    {
        var jobs = new List<string>();
        for (var i = 0; i < Jobs; i++)
        {
            var accept = JobTransitions.Accept((await _world.SubmissionAsync()).Job);
            await new PostgresJobStore(_database).InsertAsync(new(accept.State, accept.Events, null, []), CancellationToken.None);
            jobs.Add(accept.State.Id);
        }

        return jobs;
    }

    private async Task CancelAsync(IEnumerable<string> jobs)
    {
        var store = new PostgresJobStore(_database);
        foreach (var job in jobs)
        {
            var state = await store.LoadAsync(job, CancellationToken.None);
            var canceled = JobTransitions.Apply(state!, new JobFact.CancelRequested(_world.Time.GetUtcNow()));
            await store.SaveAsync(new(canceled.State, canceled.Events, [], null), CancellationToken.None);
        }
    }

    private sealed class Relay(OutboxRelayService service, RecordingBus bus, PostgresDatabase database)
    {
        private readonly ConcurrentQueue<OutboxRow> _published = new();

        public RecordingBus Bus => bus;

        /// <summary>All it has published so far.</summary>
        public IReadOnlyCollection<OutboxRow> Published
        {
            get
            {
                while (bus.TryNext(out var row))
                {
                    _published.Enqueue(row!);
                }

                return _published;
            }
        }

        public async Task StopAsync()
        {
            await service.StopAsync(CancellationToken.None);
            service.Dispose();
            await database.DisposeAsync();
        }
    }
}
