using System.Collections.Immutable;
using System.Security.Cryptography;

using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Buckets;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Notifications.Buckets;
using MPilot.Jobs.Notifications.Lanes;
using MPilot.Jobs.Notifications.Tests.Support;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Notifications.Tests.Buckets;

/// <summary>The pictures of one process on their way to buckets, over a store in memory and a clock of its own, to real sockets.</summary>
internal sealed class BucketRig : IAsyncDisposable
{
    /// <summary>How long it may go by itself without looking.</summary>
    private static readonly TimeSpan Near = BucketService.IdleInterval;

    private readonly World _world = new();
    private readonly ServiceProvider _services;
    private readonly BucketService _service;
    private readonly JobsInstruments _instruments;

    public BucketRig(Action<BucketsOptions>? configure = null)
    {
        _world.Randomness.Unit = 0;
        Options.AllowPrivateHosts = true;
        configure?.Invoke(Options);
        var services = new ServiceCollection();
        services.AddSingleton(_world.Options);
        services.AddSingleton<IHostAddresses>(Addresses);
        services.AddBucketClients();
        _services = services.BuildServiceProvider();
        _instruments = new([], Time);
        var pictures = new Pictures(Artifacts, Store, new PermissiveProbe(), _world.Options.Retention, _world.Ids, Time);
        var sender = new BucketSender(_services.GetRequiredService<IHttpClientFactory>(), Store, pictures, Options, Time);
        _service = new(Store, sender, Signal, new DueSignal<Delivery>(), Node, Options, _world.Randomness, _instruments, Time, Logs);
    }

    public ManualTime Time => _world.Time;

    public MemoryStore Store => _world.Store;

    public MemoryArtifacts Artifacts => _world.Artifacts;

    public BucketsOptions Options => _world.Options.Buckets;

    public ScriptedAddresses Addresses { get; } = new();

    public DueSignal<BucketPut> Signal { get; } = new();

    public NodeIdentity Node { get; } = new("node-1");

    public KeptLogs<BucketService> Logs { get; } = new();

    public BucketService Service => _service;

    /// <summary>How long results live.</summary>
    public TimeSpan ResultLife { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Registers the node and starts.</summary>
    public async Task StartAsync()
    {
        Node.Register(await Store.RegisterAsync(Node.Node, Time.GetUtcNow().AddDays(99), expireOthers: false, default));
        await _service.StartAsync(default);
    }

    /// <summary>A job that succeeded, with a picture for each URL.</summary>
    public Task<JobState> JobAsync(params ImmutableArray<string> urls) => JobAsync([.. urls.Select((_, slot) => Png.Of(16, 12 + slot))], urls);

    /// <summary>A job that succeeded with these pictures.</summary>
    public async Task<JobState> JobAsync(IReadOnlyList<byte[]> pictures, params ImmutableArray<string> urls)
    {
        var submission = await _world.SubmissionAsync([World.Step("a", picturesPerCall: 10)], urls.Length);
        var accepted = JobTransitions.Accept(submission.Job with { BucketUrls = urls });
        await Store.InsertAsync(new(accepted.State, accepted.Events, null, []) { BucketUrls = urls }, default);
        var now = Time.GetUtcNow();
        var state = await SaveAsync(accepted.State, new JobFact.AttemptSending(now, 1, "main", "lease-1", "node-1", 1));
        var outcome = new AttemptOutcome.Succeeded([.. pictures.Select((bytes, slot) => new DeliveredPicture(slot, Keep(bytes), new(PictureFormat.Png, new(16, 12), 1, true, 1)))]);
        state = await SaveAsync(state, new JobFact.AttemptEnded(now, 1, outcome, 0));
        Signal.Due();
        return state;
    }

    /// <summary>Lets time run from one due time to the next until every put is final; no call is out while it does.</summary>
    public async Task RunAsync()
    {
        while (true)
        {
            await Store.WhenNoPutIsClaimedAsync();
            var pending = Store.Puts.Where(p => p.Status == BucketPutStatus.Pending).ToList();
            if (pending.Count == 0)
            {
                return;
            }

            await Time.WhenTimerWithinAsync(Near);
            if (Store.ClaimedPuts.IsEmpty)
            {
                var wait = pending.Min(p => p.DueAt!.Value) - Time.GetUtcNow();
                Time.Advance(wait > Near ? wait : Near);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _service.StopAsync(new CancellationToken(canceled: true));
        _service.Dispose();
        _instruments.Dispose();
        await _services.DisposeAsync();
    }

    private ArtifactRef Keep(byte[] bytes)
    {
        var artifact = new ArtifactRef(_world.Ids.NewArtifact(), ArtifactRole.Result, "image/png", bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Artifacts.Put(artifact.Id, bytes);
        return artifact;
    }

    private async Task<JobState> SaveAsync(JobState state, JobFact fact)
    {
        var moved = JobTransitions.Apply(state, fact);
        await Store.SaveAsync(new(moved.State, moved.Events, [], moved.State.ResultsUntil(ResultLife)), default);
        return moved.State;
    }
}
