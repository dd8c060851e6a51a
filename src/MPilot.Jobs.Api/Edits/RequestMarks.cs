using MPilot.Jobs.Api.Security;

namespace MPilot.Jobs.Api.Edits;

/// <summary>By what a request is recognised when it comes again, besides its content.</summary>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Deadline">The length of time it asks for.</param>
/// <param name="Caller">Who asks.</param>
internal sealed record RequestMarks(string? Key, TimeSpan? Deadline, Caller Caller)
{
    /// <summary>Whether the caller waits for the answer itself.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Whether the caller says that it asked before.</summary>
    public bool AsksAgain { get; init; }
}
