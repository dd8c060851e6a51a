using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Streams;

/// <summary>What streams of a job are made of.</summary>
internal sealed class JobStreams(JobEventReader events, IJobStore store, Pictures pictures)
{
    /// <summary>How long a stream is silent at most. 15 s.</summary>
    public static readonly TimeSpan Pulse = TimeSpan.FromSeconds(15);

    public FrameWriter WriterFor(HttpContext http) => new(http.Response, pictures, http.RequestAborted);

    public IAsyncEnumerable<JobEvent?> FollowAsync(string job, long after, CancellationToken cancellationToken)
        => events.FollowAsync(job, after, Pulse, cancellationToken);

    public Task<JobState?> LoadAsync(string job, CancellationToken cancellationToken) => store.LoadAsync(job, cancellationToken);
}
