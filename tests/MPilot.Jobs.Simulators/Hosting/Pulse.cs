namespace MPilot.Jobs.Simulators.Hosting;

/// <summary>Wakes those who wait for a state to hold, each time the state may have changed.</summary>
internal sealed class Pulse
{
    private TaskCompletionSource _next = Fresh();

    public void Beat() => Interlocked.Exchange(ref _next, Fresh()).TrySetResult();

    public async Task UntilAsync(Func<bool> holds, CancellationToken cancellation)
    {
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (holds()) return;
            await next.WaitAsync(cancellation);
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
