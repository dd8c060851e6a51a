using System.Collections.Concurrent;
using System.Collections.Immutable;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Notifications.Lanes;
using MPilot.Jobs.Notifications.Webhooks;
using MPilot.Jobs.Notifications.Tests.Support;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Notifications.Tests.Webhooks;

/// <summary>The deliveries of one process over a store in memory and a clock of its own, to real sockets.</summary>
internal sealed class DeliveryRig : IAsyncDisposable
{
    /// <summary>How long it may go by itself without looking; nothing else is timed so closely.</summary>
    private static readonly TimeSpan Near = DeliveryService.IdleInterval;

    private readonly ConcurrentDictionary<(string Delivery, int Attempt), DateTimeOffset> _hanging = new();
    private readonly World _world = new();
    private readonly ServiceProvider _services;
    private readonly DeliveryService _service;
    private readonly JobsInstruments _instruments;
    private volatile TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DeliveryRig(Action<WebhooksOptions>? configure = null)
    {
        _world.Randomness.Unit = 0;
        _world.Options.Webhooks.AllowPrivateHosts = true;
        configure?.Invoke(_world.Options.Webhooks);
        var services = new ServiceCollection();
        services.AddSingleton(_world.Options);
        services.AddSingleton<IHostAddresses>(Addresses);
        services.AddWebhookClients();
        _services = services.BuildServiceProvider();
        _instruments = new([], Time);
        var sender = new WebhookSender(_services.GetRequiredService<IHttpClientFactory>(), Store, Store, Store, Store, Bodies, Options, Time);
        _service = new(Store, sender, Signal, Node, Options, _world.Randomness, _instruments, Time, NullLogger<DeliveryService>.Instance);
    }

    public ManualTime Time => _world.Time;

    public MemoryStore Store => _world.Store;

    public WebhooksOptions Options => _world.Options.Webhooks;

    public ScriptedAddresses Addresses { get; } = new();

    public PlainBodies Bodies { get; } = new();

    public DueSignal<Delivery> Signal { get; } = new();

    public NodeIdentity Node { get; } = new("node-1");

    public DeliveryService Service => _service;

    /// <summary>Registers the node and starts.</summary>
    public async Task StartAsync()
    {
        Node.Register(await Store.RegisterAsync(Node.Node, Time.GetUtcNow().AddDays(99), expireOthers: true, default));
        await _service.StartAsync(default);
    }

    public async Task<WebhookEndpoint> EndpointAsync(string url, params ImmutableArray<string> events)
    {
        var id = _world.Ids.NewWebhookEndpoint();
        var endpoint = new WebhookEndpoint
        {
            Id = id, Tenant = "default", Name = id, Url = url, Events = events.IsEmpty ? WebhookEvents.Endings : events, CreatedAt = Time.GetUtcNow(),
        };
        await Store.AddAsync(endpoint, WebhookSecret.New(), 1000, default);
        return endpoint;
    }

    /// <summary>A job that is accepted and canceled: four events.</summary>
    public async Task<string> JobAsync(WebhookWish? wish = null)
    {
        var submission = await _world.SubmissionAsync();
        var accepted = JobTransitions.Accept(submission.Job with { Webhook = wish });
        await Store.InsertAsync(new(accepted.State, accepted.Events, null, []), default);
        var canceled = JobTransitions.Apply(accepted.State, new JobFact.CancelRequested(Time.GetUtcNow()));
        await Store.SaveAsync(new(canceled.State, canceled.Events, [], null), default);
        Signal.Due();
        return accepted.State.Id;
    }

    /// <summary>A receiver got a call that it does not answer.</summary>
    public void Hangs(string delivery)
    {
        var known = Store.Deliveries.Single(d => d.Id == delivery);
        _hanging[(delivery, known.Attempts)] = Time.GetUtcNow();
        var arrived = _arrived;
        _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        arrived.SetResult();
    }

    /// <summary>Completes when all that is due was tried, but for calls that hang; as little time goes by as that takes.</summary>
    public async Task SettleAsync()
    {
        while (true)
        {
            await WhenOnlyHangingAsync();
            var held = Store.Claimed;
            if (!AreOnlyHanging(held))
            {
                continue; // Claimed since.
            }

            var claimed = held.Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
            if (!Store.Deliveries.Any(d => d.Status == DeliveryStatus.Pending && d.DueAt <= Time.GetUtcNow() && !claimed.Contains(d.Id)))
            {
                return;
            }

            await Time.WhenTimerWithinAsync(Near);
            Time.AdvanceToNext(Near);
        }
    }

    /// <summary>Lets time run until then: from one due time, or the end of one timeout, to the next.</summary>
    /// <param name="end">When it is enough.</param>
    /// <param name="onTheWay">Done at each of these moments.</param>
    public async Task RunUntilAsync(DateTimeOffset end, Action? onTheWay = null)
    {
        await SettleAsync();
        while (Time.GetUtcNow() is var now && now < end)
        {
            var claimed = Store.Claimed;
            var due = Store.Deliveries.Where(d => d.Status == DeliveryStatus.Pending && !claimed.Contains(d)).Select(d => d.DueAt);
            var next = due.Concat(claimed.Select(EndOf)).Append(end).Where(d => d > now).Min();
            Time.Advance(next - now);
            onTheWay?.Invoke();
            await SettleAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _service.StopAsync(new CancellationToken(canceled: true));
        _service.Dispose();
        _instruments.Dispose();
        await _services.DisposeAsync();
    }

    /// <summary>Completes when whatever is claimed hangs, and will go on hanging.</summary>
    private async Task WhenOnlyHangingAsync()
    {
        while (true)
        {
            var (arrived, claimed) = (_arrived.Task, Store.Claimed);
            if (AreOnlyHanging(claimed))
            {
                return;
            }

            await Task.WhenAny(arrived, Store.WhenClaimsDifferAsync(claimed));
        }
    }

    private bool AreOnlyHanging(IEnumerable<Delivery> claimed) => claimed.All(d => EndOf(d) > Time.GetUtcNow());

    /// <summary>When a call is given up that hangs.</summary>
    private DateTimeOffset EndOf(Delivery claimed)
        => _hanging.TryGetValue((claimed.Id, claimed.Attempts), out var since) ? since + Options.Timeout : DateTimeOffset.MinValue;
}
