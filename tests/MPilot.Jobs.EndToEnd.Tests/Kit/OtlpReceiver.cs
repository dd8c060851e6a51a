using System.Collections.Concurrent;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>A collector on loopback: takes traces and metrics over OTLP/HTTP in protobuf.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly ConcurrentDictionary<string, bool> _metrics = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<byte[]> _bodies = new();
    private volatile TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    public IReadOnlyCollection<ReceivedSpan> Spans => _spans;

    /// <summary>Names of all metrics that came.</summary>
    public ICollection<string> Metrics => _metrics.Keys;

    /// <summary>Everything that came, as it came.</summary>
    public IEnumerable<byte[]> Bodies => _bodies;

    /// <summary>What the newest message said about its sender.</summary>
    public IReadOnlyDictionary<string, string> Resource { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The header <c>x-collector-key</c> of the newest message.</summary>
    public string? Key { get; private set; }

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.MapPost("/v1/traces", http => receiver.TakeAsync(http, receiver.TakeTraces));
        receiver._app.MapPost("/v1/metrics", http => receiver.TakeAsync(http, receiver.TakeMetrics));
        await receiver._app.StartAsync();
        receiver.Address = receiver._app.Urls.First();
        return receiver;
    }

    /// <summary>Completes once what has come is enough.</summary>
    public async Task WhenAsync(Func<OtlpReceiver, bool> isEnough)
    {
        while (true)
        {
            var news = _news.Task;
            if (isEnough(this))
            {
                return;
            }

            await news.WaitAsync(Patience);
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http, Action<ReadOnlyMemory<byte>> take)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        _bodies.Enqueue(body.ToArray());
        Key = http.Request.Headers["x-collector-key"];
        take(body.ToArray());
        http.Response.ContentType = "application/x-protobuf";
        Interlocked.Exchange(ref _news, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private void TakeTraces(ReadOnlyMemory<byte> request)
    {
        Resource = ReceivedSpan.Attributes(ProtobufField.Find(request, 1, 1, 1));
        foreach (var span in ProtobufField.Find(request, 1, 2, 2))
        {
            _spans.Enqueue(ReceivedSpan.Read(span));
        }
    }

    private void TakeMetrics(ReadOnlyMemory<byte> request)
    {
        foreach (var metric in ProtobufField.Find(request, 1, 2, 2))
        {
            _metrics[ProtobufField.Read(metric).Single(f => f.Number == 1).Text] = true;
        }
    }
}
