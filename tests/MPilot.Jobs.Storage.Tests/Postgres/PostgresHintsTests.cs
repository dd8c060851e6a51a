using System.Threading.Channels;

using Microsoft.Extensions.Logging.Abstractions;

using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Storage.Postgres;

namespace MPilot.Jobs.Storage.Tests.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class PostgresHintsTests : IAsyncLifetime
{
    private readonly HeardJobs _heardByA = new();
    private readonly HeardJobs _heardByB = new();
    private readonly ManualTime _time = new();
    private PostgresStore _store = null!;
    private PostgresHints _a = null!;
    private PostgresHints _b = null!;

    public async Task InitializeAsync()
    {
        _store = await PostgresStore.OpenAsync();
        _a = await StartAsync("node_a", _heardByA);
        _b = await StartAsync("node_b", _heardByB);
        await ListeningAsync();
    }

    public async Task DisposeAsync()
    {
        await _a.StopAsync(default);
        await _b.StopAsync(default);
        _a.Dispose();
        _b.Dispose();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Announce_WhenManyJobsAreStored_OthersHearOfEachAndTheTellerOfNone()
    {
        var jobs = Enumerable.Range(0, 1000).Select(i => $"job_{i:x32}").ToList();
        jobs.ForEach(_a.Announce);

        var heard = new HashSet<string>(StringComparer.Ordinal);
        while (heard.Count < jobs.Count)
        {
            heard.Add(await _time.PumpUntilAsync(_heardByB.NextAsync(), PostgresHints.LeastInterval));
        }

        heard.SetEquals(jobs).ShouldBeTrue();
        _b.Announce("job_back");
        (await _heardByA.NextAsync()).ShouldBe("job_back");
    }

    [Fact]
    public async Task Announce_AfterTheConnectionsWereKilled_IsHeardAgain()
    {
        await _store.Server.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_store.Name}'");
        string? heard;
        while (!_heardByB.TryNext(out heard))
        {
            // Whoever lost its connection waits for its next try by this clock; a question to the server gives it the time to connect.
            _time.Advance(PostgresHints.RetryInterval);
            _a.Announce("job_1");
            await _store.Server.NumberAsync("SELECT 1");
        }

        heard.ShouldBe("job_1");
    }

    [Fact]
    public async Task AreHeard_WhenTheConnectionIsLostAndFoundAgain_FollowsAndWakesWhoWaits()
    {
        _a.AreHeard.ShouldBeTrue();
        await _heardByA.AllAsync();

        await _store.Server.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_store.Name}'");
        await _heardByA.AllAsync();
        _a.AreHeard.ShouldBeFalse();
        var again = _heardByA.AllAsync();
        while (!again.IsCompleted)
        {
            _time.Advance(PostgresHints.RetryInterval);
            await _store.Server.NumberAsync("SELECT 1");
        }

        _a.AreHeard.ShouldBeTrue();
    }

    private async Task<PostgresHints> StartAsync(string node, IJobFeed feed)
    {
        var hints = new PostgresHints(_store.Database, feed, new NodeIdentity(node), _time, NullLogger<PostgresHints>.Instance);
        await hints.StartAsync(default);
        return hints;
    }

    /// <summary>Both have said so to the server.</summary>
    private async Task ListeningAsync()
    {
        while (await _store.Server.NumberAsync(
            $"SELECT count(*) FROM pg_stat_activity WHERE datname = '{_store.Name}' AND query LIKE 'LISTEN%' AND state = 'idle'") < 2 || !_a.AreHeard || !_b.AreHeard)
        {
            // Asked again.
        }
    }

    private sealed class HeardJobs : IJobFeed
    {
        private readonly Channel<string> _jobs = Channel.CreateUnbounded<string>();
        private readonly Channel<bool> _alls = Channel.CreateUnbounded<bool>();

        public async Task<string> NextAsync() => await _jobs.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        public bool TryNext(out string? job) => _jobs.Reader.TryRead(out job);

        public void Hint(string job) => _jobs.Writer.TryWrite(job);

        public IJobSubscription Subscribe(string job) => throw new NotSupportedException();

        public void HintAll() => _alls.Writer.TryWrite(true);

        /// <summary>Completes once everybody was woken, one time for each time.</summary>
        public async Task AllAsync() => await _alls.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
    }
}
