using System.Threading.Channels;

namespace MPilot.Jobs.Engine.Events;

/// <summary>Jobs, and topics of their tenants, that other nodes are to be told of: each once for each telling, however often it changed meanwhile. With too many, some are forgotten.</summary>
public sealed class AnnouncedJobs
{
    private const int MostWaiting = 8192;

    private readonly Channel<string> _jobs = Channel.CreateBounded<string>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Add(string job) => _jobs.Writer.TryWrite(job);

    /// <summary>Waits for one, and takes with it those that wait by then, until their ids have that many letters.</summary>
    public async Task<IReadOnlyCollection<string>> TakeAsync(int letters, CancellationToken cancellationToken)
    {
        await _jobs.Reader.WaitToReadAsync(cancellationToken);
        return Take(letters);
    }

    /// <summary>The same, or none where none comes within that time.</summary>
    public async Task<IReadOnlyCollection<string>> TakeAsync(int letters, TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        await AtMost.WaitAsync(async stop => await _jobs.Reader.WaitToReadAsync(stop), atMost, time, cancellationToken);
        return Take(letters);
    }

    private HashSet<string> Take(int letters)
    {
        var jobs = new HashSet<string>(StringComparer.Ordinal);
        while (letters > 0 && _jobs.Reader.TryRead(out var job))
        {
            letters -= jobs.Add(job) ? job.Length + 1 : 0;
        }

        return jobs;
    }
}
