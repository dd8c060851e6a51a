using Microsoft.Extensions.Hosting;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>Has the notes of answers stored, again and again and once more at the end.</summary>
public sealed class AnswerNotesService(AnswerNotes notes, TimeProvider time) : BackgroundService
{
    /// <summary>How long a note waits at most while the store is there. 1 s.</summary>
    public static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await notes.FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(FlushInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await notes.FlushAsync(stoppingToken);
        }
    }
}
