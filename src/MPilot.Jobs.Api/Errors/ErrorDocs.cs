using System.Collections.Immutable;
using System.Globalization;

using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Security;

namespace MPilot.Jobs.Api.Errors;

/// <summary>Describes the errors of routes by the errors themselves.</summary>
internal static class ErrorDocs
{
    private const string EventId = "evt_01a2039661917fb3925cd8306e5f0cd3";

    /// <summary>What any call may be answered with.</summary>
    private static readonly ImmutableArray<ApiError> Common =
        [ErrorCatalog.OriginNotAllowed(), ErrorCatalog.HostNotAllowed(), ErrorCatalog.Internal(afterAcceptance: false), ErrorCatalog.Overloaded()];

    /// <summary>What a call with no right credential is answered with.</summary>
    private static readonly ImmutableArray<ApiError> Credentials =
    [
        ErrorCatalog.VirtualKeyRequired(), ErrorCatalog.NoVirtualKey(), ErrorCatalog.TwoCredentials(), ErrorCatalog.VirtualKeyNotFound(),
        ErrorCatalog.VirtualKeyBlocked(KeyGuard.Inactive), ErrorCatalog.VirtualKeyBlocked(KeyGuard.Expired),
    ];

    /// <summary>One description for each status, with an example for each message.</summary>
    /// <param name="own">The errors of the route, besides those any call may have.</param>
    public static ImmutableArray<AnswerDoc> Of(params ImmutableArray<ApiError> own) => OfOpen([.. own, .. Credentials]);

    /// <summary>The same for a route that asks nobody who they are.</summary>
    public static ImmutableArray<AnswerDoc> OfOpen(params ImmutableArray<ApiError> own)
        => [.. own.Concat(Common).GroupBy(e => e.Status).OrderBy(g => g.Key).Select(Of)];

    /// <summary>The error of a request with a mistake.</summary>
    public static ApiError Wrong(Action<Mistakes> mistake)
    {
        var mistakes = new Mistakes();
        mistake(mistakes);
        return ErrorCatalog.Invalid(mistakes);
    }

    private static AnswerDoc Of(IGrouping<int, ApiError> errors)
    {
        var codes = errors.GroupBy(e => e.Code, StringComparer.Ordinal).ToList();
        return AnswerDoc.Json(errors.Key, string.Join(" ", codes.Select(c => $"`{c.Key}`.")), ApiJson.Wire.ErrorBody, [.. codes.SelectMany(Examples)]) with
        {
            Headers =
            [
                ("x-should-retry", "Whether the same request may have another answer; `false` where the service retried already."),
                .. errors.Key == 401 ? (ReadOnlySpan<(string, string)>)[("WWW-Authenticate", "`Bearer`.")] : [],
                ("Retry-After", "Seconds after which asking again may help."),
            ],
        };
    }

    /// <summary>Named by their code, and numbered where it says several things.</summary>
    private static IEnumerable<(string Name, ErrorBody Body)> Examples(IGrouping<string, ApiError> errors)
        => errors.DistinctBy(e => e.Message, StringComparer.Ordinal)
            .Select((e, i) => (i == 0 ? e.Code : string.Create(CultureInfo.InvariantCulture, $"{e.Code} {i + 1}"), ErrorBody.Of(e, EventId, new())));
}
