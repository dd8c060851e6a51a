using System.Text.Json.Serialization;

using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Api.Edits;

/// <summary>What the serving attempts used. Counts a provider did not give are left out; zeros it gave are kept.</summary>
internal sealed record UsageBody(
    [property: JsonPropertyName("input_tokens")] long? InputTokens,
    [property: JsonPropertyName("input_tokens_details")] TokenDetailsBody? InputTokensDetails,
    [property: JsonPropertyName("total_tokens")] long? TotalTokens,
    [property: JsonPropertyName("output_tokens")] long? OutputTokens,
    [property: JsonPropertyName("output_tokens_details")] TokenDetailsBody? OutputTokensDetails)
{
    /// <summary>The sum over the attempts that filled slots, or <c>null</c> where none counted.</summary>
    public static UsageBody? Of(JobState job)
    {
        var sum = ServingAttempts.Of(job).Aggregate((Usage?)null, (total, attempt) => total + attempt.Usage);
        return sum is null ? null : Of(sum);
    }

    public static UsageBody Of(Usage usage)
        => new(
            usage.InputTokens, Details(usage.InputImageTokens, usage.InputTextTokens), usage.TotalTokens,
            usage.OutputTokens, Details(usage.OutputImageTokens, usage.OutputTextTokens));

    private static TokenDetailsBody? Details(long? image, long? text) => image is null && text is null ? null : new(image, text);
}
