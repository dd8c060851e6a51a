namespace MPilot.Jobs.Api.Requests;

/// <summary>Names of headers the framework does not know.</summary>
internal static class ApiHeaders
{
    public const string RequestId = "x-request-id";
    public const string ClientRequestId = "X-Client-Request-Id";
    public const string SendBackRawRequest = "x-bf-send-back-raw-request";
    public const string SendBackRawResponse = "x-bf-send-back-raw-response";
    public const string JobId = "x-mpilot-job-id";
    public const string Provider = "x-mpilot-provider";
    public const string Attempts = "x-mpilot-attempts";
    public const string Deadline = "x-mpilot-deadline";
    public const string AsyncWebhook = "x-bf-async-webhook";
    public const string AsyncResultTtl = "x-bf-async-job-result-ttl";
    public const string ShouldRetry = "x-should-retry";
    public const string RetryCount = "x-stainless-retry-count";
    public const string Replayed = "x-mpilot-replayed";
    public const string IdempotencyKey = "Idempotency-Key";
    public const string LastEventId = "Last-Event-ID";
    public const string Prefer = "Prefer";
    public const string PreferenceApplied = "Preference-Applied";
    public const string FetchSite = "Sec-Fetch-Site";

    /// <summary>Where callers may put a virtual key, in the order they count.</summary>
    public const string VirtualKey = "x-bf-vk";
    public const string Authorization = "Authorization";
    public const string ApiKey = "api-key";
    public const string XApiKey = "x-api-key";
    public const string GoogleApiKey = "x-goog-api-key";
}
