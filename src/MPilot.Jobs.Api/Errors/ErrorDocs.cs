using System.Collections.Immutable;

using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Json;

namespace MPilot.Jobs.Api.Errors;

/// <summary>Describes the errors of routes by the errors themselves.</summary>
internal static class ErrorDocs
{
    private const string EventId = "evt_01a2039661917fb3925cd8306e5f0cd3";

    /// <summary>What any call may be answered with.</summary>
    private static readonly ImmutableArray<ApiError> Common =
        [ErrorCatalog.OriginNotAllowed(), ErrorCatalog.HostNotAllowed(), ErrorCatalog.Internal(afterAcceptance: false), ErrorCatalog.Overloaded()];

    /// <summary>One description for each status, with an example for each code.</summary>
    /// <param name="own">The errors of the route, besides those any call may have.</param>
    public static ImmutableArray<AnswerDoc> Of(params ImmutableArray<ApiError> own) => [.. own.Concat(Common).GroupBy(e => e.Status).OrderBy(g => g.Key).Select(Of)];

    private static AnswerDoc Of(IGrouping<int, ApiError> errors)
    {
        var all = errors.DistinctBy(e => e.Code, StringComparer.Ordinal).ToList();
        var examples = all.Select(e => (e.Code, ErrorBody.Of(e, EventId, new()))).ToArray();
        return AnswerDoc.Json(errors.Key, string.Join(" ", all.Select(e => $"`{e.Code}`.")), ApiJson.Wire.ErrorBody, examples) with
        {
            Headers =
            [
                ("x-should-retry", "Whether the same request may have another answer; `false` where the service retried already."),
                ("Retry-After", "Seconds after which asking again may help."),
            ],
        };
    }
}
