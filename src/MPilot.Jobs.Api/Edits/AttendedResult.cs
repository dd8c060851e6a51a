using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Api.Edits;

/// <summary>
/// Waits for the answer of a job, writes it, and takes down whether it arrived: a caller without key whose answer did not is the one who may come back for it.
/// </summary>
/// <param name="job">The job.</param>
/// <param name="listener">Which of its listeners this is.</param>
/// <param name="notes">Takes it down.</param>
/// <param name="wait">Waits; says whether what it gives is the job's own answer, or only where the job stands.</param>
internal sealed class AttendedResult(string job, int listener, AnswerNotes notes, Func<Task<(IResult Answer, bool IsFinal)>> wait) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var isDelivered = false;
        try
        {
            var (answer, isFinal) = await wait();
            await answer.ExecuteAsync(httpContext);
            await httpContext.Response.CompleteAsync();
            isDelivered = isFinal && !httpContext.RequestAborted.IsCancellationRequested;
        }
        finally
        {
            Note(isDelivered);
        }
    }

    private void Note(bool isDelivered)
    {
        if (isDelivered)
        {
            notes.Delivered(job, listener);
        }
        else
        {
            _ = notes.OrphanedAsync(job, listener);
        }
    }
}
