using System.Runtime.CompilerServices;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Streams;

/// <summary>What streams of a job, and of all jobs of a tenant, are made of.</summary>
internal sealed class JobStreams(JobEventReader events, TenantEventReader tenants, IJobStore store, Pictures pictures, Draining draining)
{
    /// <summary>How long a stream is silent at most. 15 s.</summary>
    public static readonly TimeSpan Pulse = TimeSpan.FromSeconds(15);

    public FrameWriter WriterFor(HttpContext http) => new(http.Response, pictures, http.RequestAborted);

    /// <summary>Whether streams end before their jobs do, because the process ends.</summary>
    public bool AreOver => draining.Over.IsCancellationRequested;

    /// <summary>The events of a job after one of them, with a <c>null</c> every pulse; ends early where <see cref="AreOver"/>.</summary>
    public IAsyncEnumerable<JobEvent?> FollowAsync(string job, long after, CancellationToken cancellationToken)
        => UntilOverAsync(token => events.FollowAsync(job, after, Pulse, token), cancellationToken);

    /// <summary>The same of all jobs of a tenant.</summary>
    public IAsyncEnumerable<TenantEvent?> FollowTenantAsync(string tenant, FeedCursor after, CancellationToken cancellationToken)
        => UntilOverAsync(token => tenants.FollowAsync(tenant, after, Pulse, token), cancellationToken);

    /// <summary>Where a listener begins that has a cursor, or none.</summary>
    public Task<FeedCursor> BeginAsync(FeedCursor? after, CancellationToken cancellationToken) => tenants.BeginAsync(after, cancellationToken);

    public Task<JobState?> LoadAsync(string job, CancellationToken cancellationToken) => store.LoadAsync(job, cancellationToken);

    private async IAsyncEnumerable<T> UntilOverAsync<T>(
        Func<CancellationToken, IAsyncEnumerable<T>> follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, draining.Over);
        await using var followed = follow(either.Token).GetAsyncEnumerator(CancellationToken.None);
        while (await MoveAsync(followed, cancellationToken))
        {
            yield return followed.Current;
        }
    }

    private static async ValueTask<bool> MoveAsync<T>(IAsyncEnumerator<T> followed, CancellationToken cancellationToken)
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
