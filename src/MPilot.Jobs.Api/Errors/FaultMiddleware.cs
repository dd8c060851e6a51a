using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Errors;

/// <summary>Turns exceptions into the one error body. An answer already under way is cut off instead.</summary>
internal sealed partial class FaultMiddleware(RequestDelegate next, ILogger<FaultMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            LogClientGone(http.TraceIdentifier);
        }
        catch (Exception fault) when (http.Response.HasStarted)
        {
            LogAnswerCut(fault, http.TraceIdentifier);
            http.Abort();
        }
        catch (Exception fault)
        {
            await AnswerAsync(http, fault);
        }
    }

    private async Task AnswerAsync(HttpContext http, Exception fault)
    {
        var job = http.Response.Headers[ApiHeaders.JobId].ToString();
        var error = fault switch
        {
            StoreUnavailableException => ErrorCatalog.Overloaded(),
            LineFullException full => ErrorCatalog.LineFull(full.RetryAfter),
            BodyTooLargeException tooLarge => ErrorCatalog.BodyTooLarge(null, tooLarge.Message),
            FileGoneException gone => ErrorCatalog.FileGone(gone.Message),
            BadHttpRequestException bad => ErrorCatalog.Unreadable(bad.StatusCode),
            _ => ErrorCatalog.Internal(afterAcceptance: job.Length > 0),
        };
        if (error.IsGatewayFault)
        {
            LogFault(fault, http.TraceIdentifier, error.Code);
        }

        http.Response.Clear();
        http.Response.Headers[ApiHeaders.RequestId] = http.TraceIdentifier;
        if (job.Length > 0)
        {
            http.Response.Headers[ApiHeaders.JobId] = job;
        }

        await new ErrorResult(error).ExecuteAsync(http);
    }
}
