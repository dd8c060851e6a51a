namespace MPilot.Jobs.Api.Edits;

/// <summary>The provider's line is full; nothing was accepted.</summary>
internal sealed class LineFullException : Exception
{
    public LineFullException()
    {
    }

    public LineFullException(string message)
        : base(message)
    {
    }

    public LineFullException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public LineFullException(TimeSpan retryAfter)
        => RetryAfter = retryAfter;

    /// <summary>When there may be room.</summary>
    public TimeSpan RetryAfter { get; }
}
