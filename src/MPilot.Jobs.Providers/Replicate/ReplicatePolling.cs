using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Drivers;

namespace MPilot.Jobs.Providers.Replicate;

/// <summary>Follows a prediction to its end: asks, ever less often, until it ended or the caller gives up. What goes wrong on the way is no end.</summary>
internal sealed class ReplicatePolling(ReplicateApi api, ReplicateAnswer answer, TimeProvider time)
{
    /// <summary>The first wait; each is half as long again as the one before.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>The longest a provider that is asked too often can make us wait.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromSeconds(30);

    /// <summary>What the prediction brings.</summary>
    /// <param name="call">As it was sent.</param>
    /// <param name="id">The prediction.</param>
    /// <param name="reply">What was last heard of it; <c>null</c>: nothing. Disposed here.</param>
    /// <param name="io">Where pictures go to.</param>
    /// <param name="cancellationToken">Gives up; the prediction goes on.</param>
    public async Task<DriverAnswer> FollowAsync(
        DriverCall call, string id, ReplicateReply? reply, IDriverIo io, CancellationToken cancellationToken)
    {
        var (wait, fetches) = (Shortest, 0);
        reply ??= await AskAsync(call, id, io, cancellationToken);
        while (true)
        {
            var end = await EndAsync(reply, call, io, cancellationToken);
            var isOut = end is DriverAnswer.Failed { Failure.Kind: FailureKind.Lost } && reply is ReplicateReply.Told;

            // A link may have expired while its prediction still has another: it is asked for once more.
            if (end is not null && !(isOut && fetches++ == 0))
            {
                return end;
            }

            await Task.Delay(Asked(reply) is { } asked && asked > wait ? asked : wait, time, cancellationToken);
            wait = wait * 1.5 < Longest ? wait * 1.5 : Longest;
            reply = await AskAsync(call, id, io, cancellationToken);
        }
    }

    private Task<ReplicateReply> AskAsync(DriverCall call, string id, IDriverIo io, CancellationToken cancellationToken)
        => api.GetAsync($"predictions/{id}", call.Secret, io, cancellationToken);

    /// <summary>The answer if the prediction ended, or if nobody will ever hear of it again; else <c>null</c>.</summary>
    private async Task<DriverAnswer?> EndAsync(ReplicateReply reply, DriverCall call, IDriverIo io, CancellationToken cancellationToken)
    {
        if (reply is ReplicateReply.Failed failed)
        {
            return failed.Failure.StatusCode is 401 or 403 or 404 or 410
                ? new DriverAnswer.Failed(failed.Failure with { Kind = FailureKind.Lost, RetryAfter = null })
                : null;
        }

        await using var json = ((ReplicateReply.Told)reply).Json;
        return ReplicatePrediction.StatusOf(json) == ReplicateStatus.Running ? null : await answer.ReadAsync(json, call, io, cancellationToken);
    }

    private static TimeSpan? Asked(ReplicateReply reply)
        => reply is not ReplicateReply.Failed { Failure.RetryAfter: { } asked } ? null : asked < LongestAsked ? asked : LongestAsked;
}
