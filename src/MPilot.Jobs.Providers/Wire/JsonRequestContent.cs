using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MPilot.Jobs.Providers.Wire;

/// <summary>A small JSON request body that knows whether it began to leave. Pictures have no place in it.</summary>
internal sealed class JsonRequestContent : HttpContent
{
    private readonly byte[] _body;

    public JsonRequestContent(JsonObject body)
    {
        _body = JsonSerializer.SerializeToUtf8Bytes(body);
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>True once the first byte of the body may have left: from then on a failure is ambiguous.</summary>
    public bool Started { get; private set; }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Started = true;
        await stream.WriteAsync(_body, cancellationToken);
    }
}
