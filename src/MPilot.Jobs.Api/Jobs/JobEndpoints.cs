using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

using MPilot.Jobs.Api.Documentation;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>The resource <c>/v1/jobs</c>.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/jobs", (HttpContext http, JobListing listing) => listing.ListAsync(http)).With(JobDocs.List);
        var job = routes.MapGroup("/v1/jobs/{id}");
        job.MapGet("", (HttpContext http, string id, JobReading reading) => reading.SnapshotAsync(http, id)).With(JobDocs.Get);
        job.MapGet("/result", (HttpContext http, string id, JobReading reading) => reading.ResultAsync(http, id)).With(JobDocs.Result);
        job.MapGet("/events", (HttpContext http, string id, JobReading reading) => reading.EventsAsync(http, id)).With(JobDocs.Events);
        job.MapPost("/cancel", (HttpContext http, string id, JobCanceling canceling) => canceling.CancelAsync(http, id)).With(JobDocs.Cancel);
    }
}
