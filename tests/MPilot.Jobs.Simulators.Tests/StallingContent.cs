using System.Net;

namespace MPilot.Jobs.Simulators.Tests;

/// <summary>Sends the first half of a body, then nothing more.</summary>
public sealed class StallingContent : HttpContent
{
    private readonly HttpContent _whole;
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StallingContent(HttpContent whole)
    {
        _whole = whole;
        Headers.ContentType = whole.Headers.ContentType;
    }

    /// <summary>Completes once the first half is sent.</summary>
    public Task Stalled => _stalled.Task;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var bytes = await _whole.ReadAsByteArrayAsync(cancellationToken);
        await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), cancellationToken);
        await stream.FlushAsync(cancellationToken);
        _stalled.TrySetResult();
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _whole.Headers.ContentLength ?? 0;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        _whole.Dispose();
        base.Dispose(disposing);
    }
}
