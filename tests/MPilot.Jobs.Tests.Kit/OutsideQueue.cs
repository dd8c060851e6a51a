using System.Collections.Concurrent;

using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>
/// A queue of somebody else's, bound as the README of the contracts says, and read with a plain AMQP client, which comes back by itself after the server was
/// away. What it has read it keeps, in the order it came.
/// </summary>
public sealed class OutsideQueue : IAsyncDisposable
{
    /// <summary>The exchange every event passes.</summary>
    public const string AllEvents = "MPilot.Jobs.Contracts:IJobEvent";

    private readonly ConcurrentQueue<OutsideMessage> _read = new();
    private readonly ConcurrentBag<(Func<IReadOnlyCollection<OutsideMessage>, bool> Holds, TaskCompletionSource Seen)> _watchers = [];
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private OutsideQueue(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    /// <summary>All that came so far.</summary>
    public IReadOnlyCollection<OutsideMessage> Read => _read;

    /// <summary>Makes a durable quorum queue bound to an exchange, and reads it.</summary>
    public static async Task<OutsideQueue> BindAsync(Uri server, string name, string exchange = AllEvents)
    {
        var factory = new ConnectionFactory
        {
            Uri = server, AutomaticRecoveryEnabled = true, TopologyRecoveryEnabled = true, NetworkRecoveryInterval = TimeSpan.FromMilliseconds(500),
        };
        var connection = await factory.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var queue = new OutsideQueue(connection, channel);
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
        await channel.QueueDeclareAsync(
            name, durable: true, exclusive: false, autoDelete: false, arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync(name, exchange, routingKey: "");
        await channel.BasicQosAsync(0, prefetchCount: 200, global: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => queue.TakeAsync(delivery);
        await channel.BasicConsumeAsync(name, autoAck: false, consumer);
        return queue;
    }

    /// <summary>Completes once what came is as wanted.</summary>
    public Task WhenAsync(Func<IReadOnlyCollection<OutsideMessage>, bool> holds)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _watchers.Add((holds, seen));
        Look();
        return seen.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task TakeAsync(BasicDeliverEventArgs delivery)
    {
        _read.Enqueue(new(delivery.BasicProperties.MessageId, delivery.Exchange, OutsideMessage.HeadersOf(delivery.BasicProperties), delivery.Body.ToArray()));
        Look();
        try
        {
            await _channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        }
        catch (RabbitMQ.Client.Exceptions.AlreadyClosedException)
        {
            // The server went: the message comes again.
        }
    }

    private void Look()
    {
        foreach (var (_, seen) in _watchers.Where(w => !w.Seen.Task.IsCompleted && w.Holds(_read)))
        {
            seen.TrySetResult();
        }
    }
}
