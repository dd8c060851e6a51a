using System.Net.Security;
using System.Security.Authentication;

using MassTransit;

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Notifications.Hints;

using EventId = MPilot.Jobs.Engine.Events.EventId;

namespace MPilot.Jobs.Notifications.Bus;

/// <summary>
/// The bus, by MassTransit: within the process, or a RabbitMQ that is sought for as long as it takes. It begins once the service listens: links in events name
/// the address, and no start waits for it.
/// </summary>
/// <param name="options">Which.</param>
/// <param name="contracts">Events as others read them.</param>
/// <param name="lifetime">Says when the service listens.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of failures.</param>
/// <param name="hints">Hears of other nodes on the same bus; <c>null</c> where there are none.</param>
public sealed partial class EventBus(
    BusOptions options, EventContracts contracts, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<EventBus> logger, HintsEndpoint? hints = null)
    : BackgroundService, IEventBus
{
    /// <summary>The <see cref="BusOptions.Kind"/> of RabbitMQ.</summary>
    public const string RabbitMq = "rabbitmq";

    /// <summary>The <see cref="BusOptions.Kind"/> of a bus within the process.</summary>
    public const string InMemory = "in-memory";

    private const ushort Prefetch = 100;

    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(5);

    private volatile IBusControl? _bus;
    private volatile bool _isRefusing;

    /// <summary>The bus once it was begun, for who embeds the service and wants to consume within the process.</summary>
    public IBus? Bus => _bus;

    public bool IsUp => _bus?.CheckHealth().Status == BusHealthStatus.Healthy;

    public string? DownBecause => _bus?.CheckHealth().Exception?.GetBaseException().Message;

    public string? Problem => (options.Kind, IsUp) switch
    {
        (InMemory, _) => null,
        _ when _bus is null => null,
        (_, false) => "The bus cannot be reached; events wait.",
        _ => _isRefusing ? "The bus does not take events; they wait." : null,
    };

    /// <remarks>Who gives up does so at once: what MassTransit waits for may have gone with a connection.</remarks>
    public async Task PublishAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        var said = contracts.Of(row);
        var id = EventId.Of(row.Job, row.Event.Sequence);
        try
        {
            await Begun().Publish(said, said.GetType(), (PublishContext context) => context.MessageId = id.Value, cancellationToken).WaitAsync(cancellationToken);
            _isRefusing = false;
        }
        catch
        {
            _isRefusing = true;
            throw;
        }
    }

    /// <summary>Publishes what only this service reads, and what may get lost.</summary>
    internal Task TellAsync<T>(T message, TimeSpan life, CancellationToken cancellationToken)
        where T : class
        => Begun().Publish(
            message,
            context =>
            {
                context.Durable = false;
                context.TimeToLive = life;
            },
            cancellationToken).WaitAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ListeningAsync(stoppingToken);
        var bus = options.Kind == RabbitMq ? Rabbit(RabbitAddress.Of(options.Uri!)) : MassTransit.Bus.Factory.CreateUsingInMemory(_ => { });
        _bus = bus;
        try
        {
            await bus.StartAsync(stoppingToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken);
        }
        catch (Exception failure)
        {
            // A bus that is still sought when the service stops gives up in words of its own.
            if (!stoppingToken.IsCancellationRequested)
            {
                LogBusFailed(failure);
            }
        }
        finally
        {
            using var late = new CancellationTokenSource(StopTime, time);
            await bus.StopAsync(late.Token);
        }
    }

    private IBusControl Begun() => _bus ?? throw new InvalidOperationException("The bus was not begun.");

    private async Task ListeningAsync(CancellationToken cancellationToken)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => listening.TrySetResult());
        await listening.Task.WaitAsync(cancellationToken);
    }

    private IBusControl Rabbit(RabbitAddress address)
        => MassTransit.Bus.Factory.CreateUsingRabbitMq(bus =>
        {
            bus.Host(address.Host, address.Port, address.VirtualHost, host =>
            {
                host.Username(address.User);
                host.Password(address.Password);
                if (address.IsTls)
                {
                    host.UseSsl(tls => Demand(tls, address.Host));
                }
            });
            bus.PrefetchCount = Prefetch;

            // Its own queue, unused, is what makes the health of the bus that of the connection.
            bus.AutoStart = true;
            BusTopology.Declare(bus);
            hints?.Declare(bus);
        });

    /// <summary>By itself MassTransit takes a certificate that nobody vouches for.</summary>
    private static void Demand(IRabbitMqSslConfigurator tls, string host)
    {
        tls.ServerName = host;
        tls.Protocol = SslProtocols.None;
        tls.EnforcePolicyErrors(
            SslPolicyErrors.RemoteCertificateNotAvailable | SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateChainErrors);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The bus could not be begun; events wait for the next start")]
    private partial void LogBusFailed(Exception failure);
}
