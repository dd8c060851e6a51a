namespace MPilot.Jobs.Domain.Fallback;

/// <summary>How a call failed.</summary>
/// <param name="Kind">The closed kind, by which everything is decided.</param>
/// <param name="StatusCode">The provider's HTTP status, if it answered.</param>
/// <param name="Code">The provider's own error code, if it gave one.</param>
/// <param name="Message">Scrubbed of keys, organisation ids and hosts. Shown to callers only for InvalidInput, Unsupported and Refused.</param>
/// <param name="RetryAfter">How long the provider asked to wait.</param>
public sealed record AttemptFailure(FailureKind Kind, int? StatusCode = null, string? Code = null, string? Message = null, TimeSpan? RetryAfter = null);
