using System.Collections.Immutable;

namespace MPilot.Jobs.Api.Errors;

/// <summary>An answer other than success. Made by <see cref="ErrorCatalog"/> and <see cref="FailureErrors"/> only.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The stable code, such as <c>invalid_value</c>.</param>
/// <param name="Message">For the caller; never holds secrets, prompts or file names.</param>
internal sealed record ApiError(int Status, string Code, string Message)
{
    /// <summary>The class of error as OpenAI's clients know it.</summary>
    public string Type { get; init; } = "invalid_request_error";

    /// <summary>The request field it is about.</summary>
    public string? Param { get; init; }

    /// <summary>Every mistake of the request; the first is this error itself.</summary>
    public ImmutableArray<FieldMistake> Errors { get; init; } = [];

    /// <summary>When asking again may help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The <c>x-should-retry</c> header; <c>null</c> leaves it out.</summary>
    public bool? ShouldRetry { get; init; } = false;

    /// <summary>The service's own fault, neither the caller's nor a provider's.</summary>
    public bool IsGatewayFault { get; init; }
}
