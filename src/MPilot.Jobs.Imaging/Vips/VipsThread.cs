namespace MPilot.Jobs.Imaging.Vips;

/// <summary>Pixels keep a core busy for seconds: the pool is spared that.</summary>
internal static class VipsThread
{
    /// <summary>Works on a thread of its own, where waiting for bytes starves nobody.</summary>
    public static Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
        => Task.Factory.StartNew(
            () =>
            {
                try
                {
                    return work();
                }
                finally
                {
                    VipsNative.EndThread();
                }
            },
            cancellationToken, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    /// <inheritdoc cref="RunAsync{T}"/>
    public static Task RunAsync(Action work, CancellationToken cancellationToken)
        => RunAsync(
            () =>
            {
                work();
                return true;
            },
            cancellationToken);
}
