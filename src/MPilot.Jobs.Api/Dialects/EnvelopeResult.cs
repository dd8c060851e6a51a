using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Api.Dialects;

/// <summary>Answers with a JSON object whose last member, <c>result</c>, is the answer of the synchronous call.</summary>
/// <param name="envelope">The object without its result.</param>
/// <param name="job">A succeeded job.</param>
/// <param name="writer">Writes the result.</param>
/// <param name="gone">What is answered where the pictures are gone.</param>
internal sealed class EnvelopeResult(byte[] envelope, JobState job, EditAnswerWriter writer, ApiError gone) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            await writer.WriteWithinAsync(envelope, job, httpContext.Response, httpContext.RequestAborted);
        }
        catch (ArtifactGoneException)
        {
            await new ErrorResult(gone).ExecuteAsync(httpContext);
        }
    }
}
