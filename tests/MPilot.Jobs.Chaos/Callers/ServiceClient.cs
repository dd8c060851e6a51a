using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Chaos.Plans;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Chaos.Callers;

/// <summary>Makes requests of the service and reads what it answers. Whatever the service's death does to a request is thrown.</summary>
internal sealed class ServiceClient : IDisposable
{
    private const string JobHeader = "x-mpilot-job-id";

    private static readonly byte[] Picture = Png.Gradient();

    private readonly ServiceProvider _services = new ServiceCollection().AddHttpClient().BuildServiceProvider();
    private readonly HttpClient _http;

    public ServiceClient()
    {
        _http = _services.GetRequiredService<IHttpClientFactory>().CreateClient();
        _http.Timeout = Timeout.InfiniteTimeSpan;
    }

    /// <summary>Whether an exception is what becomes of a request whose service died or was not there.</summary>
    public static bool IsBreak(Exception failure) => failure is HttpRequestException or IOException;

    /// <summary>Whether it was certainly not sent.</summary>
    public static bool IsNotSent(Exception failure) => failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };

    /// <summary>Makes the request of a plan and tells how it was answered; nothing if it was certainly not taken and may be made again.</summary>
    /// <param name="repeats">How often it was made before.</param>
    /// <param name="sighted">Told the job's id as soon as it is known.</param>
    public async Task<Answer?> PostAsync(Uri service, JobPlan plan, int repeats, Action<string> sighted, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service, "/v1/images/edits")) { Content = Form(plan) };
        Add(request, "Idempotency-Key", plan.Key);
        Add(request, "x-stainless-retry-count", plan.CountsRepeats ? repeats.ToString(CultureInfo.InvariantCulture) : null);
        Add(request, "Prefer", plan.IsAsync ? "respond-async" : null);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        var job = response.Headers.TryGetValues(JobHeader, out var ids) ? ids.Single() : null;
        if (job is not null)
        {
            sighted(job);
        }

        var text = await response.Content.ReadAsStringAsync(cancellation);
        if (job is null && response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return null;
        }

        var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var (status, pictures) = isStream ? Streamed(text) : ((int)response.StatusCode, response.StatusCode == HttpStatusCode.OK ? Pictures(text) : []);
        return new(plan, job, status, pictures) { Said = job is null ? text : null, IsForLater = status is 503 or 504 && CodeOf(text) is "job_still_running" or "overloaded" };
    }

    /// <exception cref="HttpRequestException">Also where it was answered that there is no answer at the moment.</exception>
    public async Task<JsonNode> GetAsync(Uri service, string path)
    {
        using var response = await _http.GetAsync(new Uri(service, path));
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            response.EnsureSuccessStatusCode();
        }

        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    /// <summary>What the synchronous call would have answered.</summary>
    public async Task<(int Status, ImmutableArray<string> Pictures)> ResultAsync(Uri service, string job)
    {
        using var response = await _http.GetAsync(new Uri(service, $"/v1/jobs/{job}/result"));
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, response.StatusCode == HttpStatusCode.OK ? Pictures(text) : []);
    }

    /// <summary>Follows a link of the service to wherever it listens now.</summary>
    public async Task<(int Status, byte[] Bytes)> DownloadAsync(Uri service, Uri link)
    {
        using var response = await _http.GetAsync(new Uri(service, link.PathAndQuery));
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    public async Task<int> CancelAsync(Uri service, string job)
    {
        using var response = await _http.PostAsync(new Uri(service, $"/v1/jobs/{job}/cancel"), content: null);
        return (int)response.StatusCode;
    }

    /// <summary>The events of a job after one of them, until so many have come or the stream ends. A break keeps those that came.</summary>
    public async Task ReadEventsAsync(Uri service, string job, List<EventFrame> frames, int most)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service, $"/v1/jobs/{job}/events"));
        Add(request, "Last-Event-ID", frames.Count == 0 ? null : frames[^1].Id.ToString(CultureInfo.InvariantCulture));
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var lines = new List<string>();
        for (var left = most; left > 0 && await reader.ReadLineAsync() is { } line;)
        {
            if (line.Length > 0)
            {
                lines.Add(line);
            }
            else if (Frame(lines) is { } frame)
            {
                frames.Add(frame);
                lines.Clear();
                left--;
            }
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _services.Dispose();
    }

    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static MultipartFormDataContent Form(JobPlan plan)
    {
        var picture = new ByteArrayContent(Picture);
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        var form = new MultipartFormDataContent
        {
            { new StringContent(plan.Model), "model" },
            { new StringContent(plan.Mark), "prompt" },
            { new StringContent(plan.Count.ToString(CultureInfo.InvariantCulture)), "n" },
            { picture, "image", "picture.png" },
        };
        Add(form, "fallbacks[]", plan.Fallback);
        Add(form, "response_format", plan.AsLinks ? "url" : null);
        Add(form, "stream", plan.Caller is CallerKind.Streams || plan.Partials > 0 ? "true" : null);
        Add(form, "partial_images", plan.Partials > 0 ? plan.Partials.ToString(CultureInfo.InvariantCulture) : null);
        return form;
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.Add(name, value);
        }
    }

    private static void Add(MultipartFormDataContent form, string name, string? value)
    {
        if (value is not null)
        {
            form.Add(new StringContent(value), name);
        }
    }

    private static EventFrame? Frame(List<string> lines)
    {
        lines.RemoveAll(l => l.StartsWith(':'));
        if (lines.Count == 0)
        {
            return null;
        }

        var id = lines.Single(l => l.StartsWith("id: ", StringComparison.Ordinal))["id: ".Length..];
        var name = lines.Single(l => l.StartsWith("event: ", StringComparison.Ordinal))["event: ".Length..];
        return new(long.Parse(id, CultureInfo.InvariantCulture), name, Sha256(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }

    private static ImmutableArray<string> Pictures(string body)
    {
        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.GetProperty("data").EnumerateArray().Select(Seen)];
    }

    /// <summary>The pictures of a stream of edits, in the order of their indices, and the status of its end.</summary>
    private static (int Status, ImmutableArray<string> Pictures) Streamed(string text)
    {
        var pictures = new SortedDictionary<int, string>();
        foreach (var data in text.Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)))
        {
            using var json = JsonDocument.Parse(data.AsMemory("data: ".Length));
            switch (json.RootElement.GetProperty("type").GetString())
            {
                case "error":
                    return (json.RootElement.GetProperty("status_code").GetInt32(), []);
                case "image_edit.completed":
                    pictures.Add(json.RootElement.GetProperty("image_index").GetInt32(), Seen(json.RootElement));
                    break;
            }
        }

        return (200, [.. pictures.Values]);
    }

    /// <summary>Of an error, in a stream or not.</summary>
    private static string? CodeOf(string text)
    {
        var line = text.Split('\n').LastOrDefault(l => l.StartsWith("data: ", StringComparison.Ordinal))?["data: ".Length..];
        return (string?)JsonNode.Parse(line ?? text)!["error"]?["code"];
    }

    private static string Seen(JsonElement picture) => picture.TryGetProperty("b64_json", out var base64)
        ? Sha256(base64.GetBytesFromBase64())
        : new Uri(picture.GetProperty("url").GetString()!).Segments[^1];
}
