using System.Runtime.CompilerServices;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Streams;

/// <summary>What streams of a job are made of.</summary>
internal sealed class JobStreams(JobEventReader events, IJobStore store, Pictures pictures, Draining draining)
{
    /// <summary>How long a stream is silent at most. 15 s.</summary>
    public static readonly TimeSpan Pulse = TimeSpan.FromSeconds(15);

    public FrameWriter WriterFor(HttpContext http) => new(http.Response, pictures, http.RequestAborted);

    /// <summary>Whether streams end before their jobs do, because the process ends.</summary>
    public bool AreOver => draining.Over.IsCancellationRequested;

    /// <summary>The events of a job after one of them, with a <c>null</c> every pulse; ends early where <see cref="AreOver"/>.</summary>
    public async IAsyncEnumerable<JobEvent?> FollowAsync(string job, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, draining.Over);
        await using var followed = events.FollowAsync(job, after, Pulse, either.Token).GetAsyncEnumerator(CancellationToken.None);
        while (await MoveAsync(followed, cancellationToken))
        {
            yield return followed.Current;
        }
    }

    public Task<JobState?> LoadAsync(string job, CancellationToken cancellationToken) => store.LoadAsync(job, cancellationToken);

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<JobEvent?> followed, CancellationToken cancellationToken)
    {
        try
        {
            return await followed.MoveNextAsync();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
