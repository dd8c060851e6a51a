using System.Text.Json.Serialization;

using MPilot.Jobs.Domain.Buckets;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Buckets;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>How a picture fares on its way to its <c>output_url</c>: never where that is, nor what was answered there.</summary>
/// <param name="Status"><c>pending</c>, <c>delivered</c> or <c>failed</c>.</param>
/// <param name="Attempts">How many tries were made.</param>
/// <param name="Reason">How the last one ended, unless it delivered.</param>
internal sealed record OutputBody(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("attempts")] int Attempts,
    [property: JsonPropertyName("reason")] string? Reason = null)
{
    public static OutputBody Of(BucketPut put) => new(
        SnakeNames.Of(put.Status), put.Attempts, put.Outcome is { } outcome && put.Status != BucketPutStatus.Delivered ? SnakeNames.Of(outcome) : null);
}
