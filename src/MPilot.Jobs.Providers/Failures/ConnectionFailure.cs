namespace MPilot.Jobs.Providers.Failures;

/// <summary>Tells a connection that failed from a call that was given up.</summary>
internal static class ConnectionFailure
{
    /// <summary>Whether an exception says that there is no connection (any more), and not that we gave up. A connect that takes too long shows as a cancellation nobody asked for.</summary>
    public static bool Is(Exception exception, CancellationToken cancellationToken)
        => exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
