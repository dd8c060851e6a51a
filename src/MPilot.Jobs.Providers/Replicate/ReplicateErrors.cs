using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Providers.Failures;

namespace MPilot.Jobs.Providers.Replicate;

/// <summary>Says in our words how a call or a prediction failed.</summary>
/// <param name="host">The host called: taken out of every message.</param>
/// <param name="time">For waits given as a date.</param>
internal sealed class ReplicateErrors(string host, TimeProvider time)
{
    // Linear in time whatever the text.
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    private static readonly Regex Code = new(@"\bE[0-9]{3,4}\b", Linear);
    private static readonly Regex Reset = new(@"resets in ~?(?<seconds>[0-9]{1,5}) ?s", Linear | RegexOptions.IgnoreCase);

    /// <summary>Codes that models' errors end with.</summary>
    private static readonly ImmutableDictionary<string, FailureKind> Codes = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("E003", FailureKind.RateLimited), KeyValuePair.Create("E004", FailureKind.Transient),
        KeyValuePair.Create("E005", FailureKind.Refused), KeyValuePair.Create("E006", FailureKind.InvalidInput),
    ]);

    /// <summary>Words of errors that come without a code; the first that is found counts.</summary>
    private static readonly ImmutableArray<(string Words, FailureKind Kind)> Phrases =
    [
        ("flagged as sensitive", FailureKind.Refused), ("nsfw", FailureKind.Refused), ("content policy", FailureKind.Refused),
        ("moderat", FailureKind.Refused), ("safety checker", FailureKind.Refused), ("safety filter", FailureKind.Refused),
        ("high demand", FailureKind.RateLimited), ("rate limit", FailureKind.RateLimited), ("throttled", FailureKind.RateLimited),
        ("temporarily unavailable", FailureKind.Transient), ("try again later", FailureKind.Transient),
        ("invalid input", FailureKind.InvalidInput), ("cannot identify image", FailureKind.InvalidInput),
    ];

    /// <summary>The host called.</summary>
    public string Host => host;

    /// <summary>The failure an error response means.</summary>
    public async Task<AttemptFailure> ReadAsync(HttpResponseMessage response, string secret, CancellationToken cancellationToken)
    {
        var body = await ErrorBeginning.ReadAsync(response, ReplicateErrorBody.Parse, ReplicateErrorBody.None, cancellationToken);
        return Of((int)response.StatusCode, body, secret, RetryAfter.Of(response.Headers, time.GetUtcNow()));
    }

    /// <summary>The failure a status and a body mean.</summary>
    public AttemptFailure Of(int status, ReplicateErrorBody body, string secret, TimeSpan? retryAfter = null)
        => new(KindOf(status, body), status, CodeOf(body.Text), ProviderMessage.Scrub(body.Text, secret, host), retryAfter ?? WaitOf(body.Text));

    /// <summary>The failure of a prediction that came to nothing. It ran, so that nobody knows what it cost: it has no status.</summary>
    public AttemptFailure OfPrediction(string? error, string secret)
        => new(KindOf(error) ?? FailureKind.Broken, Code: CodeOf(error), Message: ProviderMessage.Scrub(error, secret, host), RetryAfter: WaitOf(error));

    private static FailureKind KindOf(int status, ReplicateErrorBody body) => status switch
    {
        >= 500 or 408 or 409 or 425 => FailureKind.Transient,
        402 => FailureKind.Quota,
        429 => FailureKind.RateLimited,
        401 or 403 => FailureKind.Credentials,
        404 or 405 or 410 => FailureKind.Unsupported,
        >= 400 => KindOf(body.Text) == FailureKind.Refused ? FailureKind.Refused : FailureKind.InvalidInput,
        _ => FailureKind.Broken,
    };

    private static FailureKind? KindOf(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return CodeOf(text) is { } code && Codes.TryGetValue(code, out var kind)
            ? kind
            : Phrases.Where(p => text.Contains(p.Words, StringComparison.OrdinalIgnoreCase)).Select(p => (FailureKind?)p.Kind).FirstOrDefault();
    }

    private static string? CodeOf(string? text) => text is not null && Code.Match(text) is { Success: true } found ? found.Value : null;

    private static TimeSpan? WaitOf(string? text)
        => text is not null && Reset.Match(text) is { Success: true } found
            ? TimeSpan.FromSeconds(int.Parse(found.Groups["seconds"].ValueSpan, CultureInfo.InvariantCulture))
            : null;
}
