using System.Net;
using System.Text;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Providers.Replicate;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Providers.Tests.Replicate;

public sealed class ReplicateErrorsTests
{
    private readonly ReplicateErrors _errors = new("gpu.lan", new ManualTime());

    [Theory]
    [InlineData(400, """{"detail":"bad"}""", FailureKind.InvalidInput)]
    [InlineData(400, "<html>", FailureKind.InvalidInput)]
    [InlineData(400, "[1]", FailureKind.InvalidInput)]
    [InlineData(400, """{"detail":"\ud800"}""", FailureKind.InvalidInput)]
    [InlineData(401, """{"title":"Unauthenticated","detail":"no","status":401}""", FailureKind.Credentials)]
    [InlineData(402, """{"title":"Insufficient credit"}""", FailureKind.Quota)]
    [InlineData(404, "", FailureKind.Unsupported)]
    [InlineData(410, "", FailureKind.Unsupported)]
    [InlineData(413, "", FailureKind.InvalidInput)]
    [InlineData(422, """{"detail":"- input.safety_tolerance: Must be less than or equal to 6"}""", FailureKind.InvalidInput)]
    [InlineData(422, """{"detail":"The input was flagged as sensitive. (E005)"}""", FailureKind.Refused)]
    [InlineData(408, "", FailureKind.Transient)]
    [InlineData(429, "", FailureKind.RateLimited)]
    [InlineData(500, """{"detail":"(E005)"}""", FailureKind.Transient)]
    [InlineData(529, "", FailureKind.Transient)]
    [InlineData(302, "", FailureKind.Broken)]
    public async Task ReadAsync_WhenTheProviderRefuses_NamesTheKind(int status, string body, FailureKind kind)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8) };

        var failure = await _errors.ReadAsync(response, "s", default);

        (failure.Kind, failure.StatusCode).ShouldBe((kind, status));
    }

    [Theory]
    [InlineData(null, "Request was throttled. Your rate limit resets in ~30s.", 30)]
    [InlineData(null, "Request was throttled. Your rate limit resets in 7 seconds.", 7)]
    [InlineData("4", "Your rate limit resets in ~30s.", 4)]
    [InlineData(null, "resets in ~9999999999s", null)]
    [InlineData(null, "Request was throttled.", null)]
    public async Task ReadAsync_WhenTheProviderIsAskedTooOften_KnowsHowLongToWait(string? header, string detail, int? seconds)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new StringContent($$"""{"detail":"{{detail}}","status":429}""") };
        if (header is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", header);
        }

        (await _errors.ReadAsync(response, "s", default)).RetryAfter.ShouldBe(seconds is { } s ? TimeSpan.FromSeconds(s) : null);
    }

    [Fact]
    public void Of_WhenTheTextIsUntrusted_ScrubsIt()
        => _errors.Of(422, new("t", "key topsecret at gpu.lan"), "topsecret").Message.ShouldBe("key [hidden] at [hidden]");

    [Theory]
    [InlineData(null, FailureKind.Broken)]
    [InlineData("", FailureKind.Broken)]
    [InlineData("E9999 of something else", FailureKind.Broken)]
    [InlineData("Prediction failed: flagged by the moderation filter", FailureKind.Refused)]
    public void OfPrediction_WhenItRanAndFailed_NeverClaimsThatItWasFree(string? error, FailureKind kind)
    {
        var failure = _errors.OfPrediction(error, "s");

        (failure.Kind, failure.StatusCode).ShouldBe((kind, null));
    }
}
