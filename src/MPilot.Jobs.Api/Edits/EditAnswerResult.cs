using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Answers with the pictures of a succeeded job.</summary>
internal sealed class EditAnswerResult(JobState job, EditAnswerWriter writer) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            await writer.WriteAsync(job, httpContext.Response, httpContext.RequestAborted);
        }
        catch (ArtifactGoneException)
        {
            await new ErrorResult(ErrorCatalog.ResultExpired()).ExecuteAsync(httpContext);
        }
    }
}
