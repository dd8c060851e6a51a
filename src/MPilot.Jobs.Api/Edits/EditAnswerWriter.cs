using System.Globalization;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Writes the answer of a succeeded job. Pictures stream from the store; none is ever in memory.</summary>
internal sealed class EditAnswerWriter(Pictures pictures, JobLinks links)
{
    /// <exception cref="ArtifactGoneException">A picture is gone; nothing was written.</exception>
    public Task WriteAsync(JobState job, HttpResponse response, CancellationToken cancellationToken)
        => WriteAsync(job, AnswerFrame.Of(job, links), response, cancellationToken);

    /// <summary>The same as the member <c>result</c> of an object.</summary>
    /// <exception cref="ArtifactGoneException">A picture is gone; nothing was written.</exception>
    public Task WriteWithinAsync(byte[] envelope, JobState job, HttpResponse response, CancellationToken cancellationToken)
        => WriteAsync(job, AnswerFrame.Of(job, links).Within(envelope), response, cancellationToken);

    private async Task WriteAsync(JobState job, AnswerFrame frame, HttpResponse response, CancellationToken cancellationToken)
    {
        var sources = new List<Stream>(frame.Gaps.Length);
        try
        {
            // All are opened before the first byte is written: an answer begun is an answer finished.
            foreach (var gap in frame.Gaps)
            {
                sources.Add(await pictures.OpenAsync(gap.Artifact, cancellationToken));
            }

            SetHeaders(job, frame, response);
            await WriteAsync(frame, sources, response, cancellationToken);
        }
        finally
        {
            foreach (var source in sources)
            {
                await source.DisposeAsync();
            }
        }
    }

    private static async Task WriteAsync(AnswerFrame frame, List<Stream> sources, HttpResponse response, CancellationToken cancellationToken)
    {
        var target = response.BodyWriter;
        var position = 0;
        for (var i = 0; i < sources.Count; i++)
        {
            await target.WriteAsync(frame.Json[position..frame.Gaps[i].Position], cancellationToken);
            position = frame.Gaps[i].Position;
            await Base64Copy.WriteAsync(sources[i], target, cancellationToken);
        }

        await target.WriteAsync(frame.Json[position..], cancellationToken);
    }

    private static void SetHeaders(JobState job, AnswerFrame frame, HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/json";
        response.ContentLength = frame.Length;
        response.Headers[ApiHeaders.Provider] = job.StepOf(ServingAttempts.Of(job).First()).Provider;
        response.Headers[ApiHeaders.Attempts] = job.Attempts.Count(a => a.SentAt is not null).ToString(CultureInfo.InvariantCulture);
    }
}
