namespace MPilot.Jobs.Engine.Events;

/// <summary>Waits for a hint, but not for ever.</summary>
public static class JobSubscriptionWaiting
{
    /// <summary>Whether an event came within that time. False: the caller looks into the store by itself.</summary>
    public static async Task<bool> WaitAsync(
        this IJobSubscription subscription, TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await subscription.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
