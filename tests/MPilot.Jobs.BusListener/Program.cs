using MassTransit;

using MPilot.Jobs.BusListener;

// A program of somebody else's: it has the contracts and the address of the bus, and a queue of its own. It runs until standard input ends.
var (address, queue) = (new Uri(args[0]), args[1]);
using var output = Console.Out;
var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
{
    rabbit.Host(address);
    rabbit.ReceiveEndpoint(queue, endpoint =>
    {
        endpoint.SetQuorumQueue();
        endpoint.PrefetchCount = 100;
        endpoint.ConcurrentMessageLimit = 1;
        endpoint.Consumer(() => new EventPrinter(output));
    });
});
await bus.StartAsync();
await output.WriteLineAsync("listening");
await output.FlushAsync();
await Console.In.ReadToEndAsync();
await bus.StopAsync();
