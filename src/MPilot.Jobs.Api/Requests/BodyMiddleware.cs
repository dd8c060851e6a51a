using System.Buffers;

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Api.Requests;

/// <summary>
/// Limits request bodies, and reads on after a refusal: a client that is still sending would otherwise see a reset instead of the answer,
/// and send everything again.
/// </summary>
internal sealed class BodyMiddleware(RequestDelegate next, MPilotOptions options, TimeProvider time)
{
    private const int BufferSize = 64 << 10;

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            await next(http);
            return;
        }

        var body = new MeasuredBody(http.Request.Body, options.Http.MaxBodyBytes);
        http.Request.Body = body;
        http.Response.OnStarting(() =>
        {
            if (!body.HasEnded && http.Response.StatusCode >= 400)
            {
                http.Response.Headers.Connection = "close";
            }

            return Task.CompletedTask;
        });
        await AnswerAsync(http);
        await DrainAsync(http, body);
    }

    private Task AnswerAsync(HttpContext http)
        => http.Request.ContentLength > options.Http.MaxBodyBytes
            ? new ErrorResult(ErrorCatalog.BodyTooLarge(null, BodyTooLargeException.Over(options.Http.MaxBodyBytes).Message)).ExecuteAsync(http)
            : next(http);

    private async Task DrainAsync(HttpContext http, MeasuredBody body)
    {
        // A client that waits for "100 Continue" has not sent anything, and will not once it has its answer.
        var nothingComes = body.Count == 0 && http.Request.Headers.Expect.Count > 0;
        if (http.Response.StatusCode < 400 || body.HasEnded || nothingComes)
        {
            return;
        }

        await http.Response.CompleteAsync();
        using var timeout = new CancellationTokenSource(options.Http.DrainTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, http.RequestAborted);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var end = body.Count + options.Http.DrainBytes;
            while (!body.HasEnded && body.Count < end)
            {
                await body.ReadOnAsync(buffer, either.Token);
            }
        }
        catch (IOException)
        {
            // Nothing more can come. Kestrel ends the connection, once the answer is out.
            return;
        }
        catch (OperationCanceledException)
        {
            // It took too long, or the client left: it had its chance to read the answer.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (!body.HasEnded)
        {
            http.Abort();
        }
    }
}
