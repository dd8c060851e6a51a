using System.Net.Http.Headers;

using Microsoft.Extensions.DependencyInjection;

namespace MPilot.Jobs.Benchmarks;

/// <summary>Posts the same edit again and again and measures each from the first byte sent to the last byte received.</summary>
internal sealed class Load : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly HttpClient _http;
    private readonly ReadOnlyMemory<byte> _picture;
    private readonly string _model;

    /// <param name="picture">The picture every request carries.</param>
    /// <param name="model">The model field, as the target knows it.</param>
    public Load(ReadOnlyMemory<byte> picture, string model)
    {
        (_picture, _model) = (picture, model);
        _services = new ServiceCollection().AddHttpClient().BuildServiceProvider();
        _http = _services.GetRequiredService<IHttpClientFactory>().CreateClient();
        _http.Timeout = TimeSpan.FromMinutes(5);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-bench");
    }

    /// <summary>Latencies of <paramref name="count"/> edits, <paramref name="concurrency"/> at a time, sorted.</summary>
    /// <exception cref="HttpRequestException">An edit was not answered with a picture.</exception>
    public async Task<TimeSpan[]> RunAsync(Uri target, int count, int concurrency)
    {
        var latencies = new TimeSpan[count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency };
        await Parallel.ForAsync(0, count, options, async (i, cancellationToken) => latencies[i] = await OneAsync(target, cancellationToken));
        Array.Sort(latencies);
        return latencies;
    }

    public void Dispose()
    {
        _http.Dispose();
        _services.Dispose();
    }

    private async Task<TimeSpan> OneAsync(Uri target, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent { { new StringContent(_model), "model" }, { new StringContent("p"), "prompt" } };
        using var picture = new ReadOnlyMemoryContent(_picture);
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(picture, "image", "a.png");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(target, "/v1/images/edits")) { Content = form };
        var start = TimeProvider.System.GetTimestamp();
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await body.CopyToAsync(Stream.Null, cancellationToken);
        return TimeProvider.System.GetElapsedTime(start);
    }
}
