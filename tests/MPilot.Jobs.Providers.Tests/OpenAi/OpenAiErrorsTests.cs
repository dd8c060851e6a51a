using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Providers.OpenAi;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Providers.Tests.OpenAi;

public sealed class OpenAiErrorsTests
{
    private readonly OpenAiErrors _errors = new("gpu.lan", TimeProvider.System);

    [Theory]
    [InlineData(400, """{"error":{"code":"moderation_blocked","type":"image_generation_user_error","message":"no"}}""", FailureKind.Refused)]
    [InlineData(400, """{"error":{"code":"content_policy_violation"}}""", FailureKind.Refused)]
    [InlineData(400, """{"error":{"code":null,"type":"image_generation_user_error"}}""", FailureKind.Refused)]
    [InlineData(400, """{"created":1,"error":{"code":"contentFilter","message":"Your task failed."}}""", FailureKind.Refused)]
    [InlineData(400, """{"error":{"code":"x","inner_error":{"code":"ResponsibleAIPolicyViolation"}}}""", FailureKind.Refused)]
    [InlineData(400, """{"error":{"code":"x","innererror":{"code":"ResponsibleAIPolicyViolation"}}}""", FailureKind.Refused)]
    [InlineData(400, """{"error":{"code":"invalid_value","message":"bad n"}}""", FailureKind.InvalidInput)]
    [InlineData(400, """{"error":{"code":"unknown_parameter"}}""", FailureKind.Unsupported)]
    [InlineData(400, """{"error":{"code":"invalid_input_fidelity_model"}}""", FailureKind.Unsupported)]
    [InlineData(400, """{"error":{"code":"billing_hard_limit_reached"}}""", FailureKind.Quota)]
    [InlineData(400, """{"error":"plain words"}""", FailureKind.InvalidInput)]
    [InlineData(400, "<html>Bad Request</html>", FailureKind.InvalidInput)]
    [InlineData(400, "", FailureKind.InvalidInput)]
    [InlineData(400, "[1,2]", FailureKind.InvalidInput)]
    [InlineData(400, """{"error":{"message":"\ud800"}}""", FailureKind.InvalidInput)]
    [InlineData(413, "", FailureKind.InvalidInput)]
    [InlineData(415, "", FailureKind.InvalidInput)]
    [InlineData(422, """{"detail":"bad"}""", FailureKind.InvalidInput)]
    [InlineData(401, """{"error":{"code":"invalid_api_key"}}""", FailureKind.Credentials)]
    [InlineData(403, """{"error":{"message":"Your organization must be verified"}}""", FailureKind.Credentials)]
    [InlineData(404, """{"error":{"code":"model_not_found"}}""", FailureKind.Unsupported)]
    [InlineData(404, """{"error":{"code":"DeploymentNotFound"}}""", FailureKind.Unsupported)]
    [InlineData(402, "", FailureKind.Quota)]
    [InlineData(429, """{"error":{"code":"insufficient_quota"}}""", FailureKind.Quota)]
    [InlineData(429, """{"error":{"type":"insufficient_quota","code":null}}""", FailureKind.Quota)]
    [InlineData(429, """{"error":{"code":"project_spend_limit_exceeded"}}""", FailureKind.Quota)]
    [InlineData(429, """{"error":{"code":"rate_limit_exceeded"}}""", FailureKind.RateLimited)]
    [InlineData(429, "", FailureKind.RateLimited)]
    [InlineData(408, "", FailureKind.Transient)]
    [InlineData(500, """{"error":{"type":"server_error"}}""", FailureKind.Transient)]
    [InlineData(503, "busy", FailureKind.Transient)]
    [InlineData(529, "", FailureKind.Transient)]
    [InlineData(302, "", FailureKind.Broken)]
    public async Task ReadAsync_WhenProviderRefuses_NamesTheKind(int status, string body, FailureKind kind)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8) };

        var failure = await _errors.ReadAsync(response, "s", default);

        failure.Kind.ShouldBe(kind);
        failure.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task ReadAsync_WhenBodyIsHuge_ReadsItsBeginningOnly()
    {
        var body = new CountingStream();
        using var response = new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StreamContent(body) };

        (await _errors.ReadAsync(response, "s", default)).ShouldBe(new AttemptFailure(FailureKind.InvalidInput, 400));

        body.Given.ShouldBeLessThanOrEqualTo(64 << 10);
    }

    [Fact]
    public void Of_WhenTextIsUntrusted_ScrubsMessageAndCode()
    {
        var body = new OpenAiErrorBody("bad code\r\n", null, null, "Incorrect key topsecret at gpu.lan for org-abcdef123");

        var failure = _errors.Of(401, body, "topsecret");

        failure.Code.ShouldBeNull();
        failure.Message.ShouldBe("Incorrect key [hidden] at [hidden] for [id]");
    }

    [Theory]
    [InlineData("Retry-After", "7", 7000)]
    [InlineData("Retry-After", "1.5", 1500)]
    [InlineData("Retry-After", "99999999999999999999", 86_400_000)]
    [InlineData("Retry-After", "-5", null)]
    [InlineData("Retry-After", "soon", null)]
    [InlineData("Retry-After", "Sun, 22 Nov 2026 10:00:30 GMT", 30_000)]
    [InlineData("Retry-After", "Sun, 22 Nov 2026 09:00:00 GMT", 0)]
    [InlineData("retry-after-ms", "250", 250)]
    [InlineData("retry-after-ms", "NaN", null)]
    public void RetryAfter_WhenGiven_IsRead(string name, string value, int? milliseconds)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation(name, value);

        Wait(response.Headers).ShouldBe(milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null);
    }

    [Fact]
    public void RetryAfter_WhenBothAreGiven_TakesTheExactOne()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Retry-After", "9");
        response.Headers.TryAddWithoutValidation("retry-after-ms", "8500");

        Wait(response.Headers).ShouldBe(TimeSpan.FromMilliseconds(8500));
    }

    private static TimeSpan? Wait(HttpResponseHeaders headers)
        => RetryAfter.Of(headers, DateTimeOffset.Parse("2026-11-22T10:00:00Z", CultureInfo.InvariantCulture));

    private sealed class CountingStream : MemoryStream
    {
        private readonly byte[] _piece = Encoding.ASCII.GetBytes(new string(' ', 1000));

        public int Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var length = Math.Min(buffer.Length, _piece.Length);
            _piece.AsSpan(0, length).CopyTo(buffer.Span);
            Given += length;
            return new(length);
        }
    }
}
