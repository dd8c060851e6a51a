namespace MPilot.Jobs.Engine.Events;

/// <summary>Waits for a hint, but not for ever.</summary>
internal static class AtMost
{
    /// <summary>Whether an event came within that time. False: the caller looks into the store by itself.</summary>
    public static Task<bool> WaitAsync(this IJobSubscription subscription, TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
        => WaitAsync(subscription.WaitAsync, atMost, time, cancellationToken);

    /// <summary>Whether the wait ended within that time.</summary>
    public static async Task<bool> WaitAsync(Func<CancellationToken, Task> wait, TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await wait(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
