using System.Collections.Concurrent;

using MPilot.Jobs.Chaos.Callers;

namespace MPilot.Jobs.Chaos.Audit;

/// <summary>Asks the service about every job it has.</summary>
internal sealed class Inquiry(ServiceClient client, Uri service, IArchive archive, TimeProvider time)
{
    private const int AtOnce = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until no job is left that is not final, but not for ever.</summary>
    public async Task UntilFinalAsync(TimeSpan patience)
    {
        var began = time.GetTimestamp();
        while ((await archive.ListAsync("SELECT id FROM jobs WHERE completed_at IS NULL")).Count > 0 && time.GetElapsedTime(began) < patience)
        {
            await time.ElapseAsync(Pause);
        }
    }

    /// <summary>Every job that is final, by its id.</summary>
    public async Task<IReadOnlyDictionary<string, JobView>> ReadAllAsync()
    {
        var views = new ConcurrentDictionary<string, JobView>(StringComparer.Ordinal);
        var jobs = await archive.ListAsync("SELECT id FROM jobs WHERE completed_at IS NOT NULL");
        await Parallel.ForEachAsync(
            jobs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (job, _) => views[job] = await ReadAsync(job));
        return views;
    }

    private async Task<JobView> ReadAsync(string job)
    {
        var snapshot = await client.GetAsync(service, $"/v1/jobs/{job}");
        var downloads = new List<Download>();
        foreach (var picture in snapshot["data"]?.AsArray() ?? [])
        {
            var (status, bytes) = await client.DownloadAsync(service, new Uri((string)picture!["url"]!));
            downloads.Add(new(status, ServiceClient.Sha256(bytes), Download.IsWholePng(bytes)));
        }

        var events = new List<EventFrame>();
        await client.ReadEventsAsync(service, job, events, int.MaxValue);
        return new((string)snapshot["status"]!, (int?)snapshot["status_code"], await client.ResultAsync(service, job), [.. downloads], events);
    }
}
