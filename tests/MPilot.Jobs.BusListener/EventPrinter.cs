using System.Text.Json;

using MassTransit;

using MPilot.Jobs.Contracts;

namespace MPilot.Jobs.BusListener;

/// <summary>Prints every event of any job, one line of JSON each, in the order they come in.</summary>
internal sealed class EventPrinter(TextWriter output) : IConsumer<IJobEvent>, IConsumer<JobFinalized>
{
    public Task Consume(ConsumeContext<IJobEvent> context) => PrintAsync(context, context.Message, "any");

    public Task Consume(ConsumeContext<JobFinalized> context) => PrintAsync(context, context.Message, "finalized");

    private async Task PrintAsync(ConsumeContext context, IJobEvent said, string heardAs)
    {
        var line = JsonSerializer.Serialize(new
        {
            heardAs, messageId = context.MessageId, said.EventId, said.Type, said.JobId, said.Sequence, status = (said as JobFinalized)?.Status,
        });
        await output.WriteLineAsync(line);
        await output.FlushAsync();
    }
}
