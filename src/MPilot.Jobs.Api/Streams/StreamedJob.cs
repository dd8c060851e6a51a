using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Api.Streams;

/// <summary>What the events of a job say of it, fixed when it was accepted. Held by every listener, so it is small: a whole job holds its prompt.</summary>
internal sealed record StreamedJob(string Id, string ModelRequested, DateTimeOffset CreatedAt, TimeSpan? ResultLife)
{
    public static StreamedJob Of(JobState job) => new(job.Id, job.ModelRequested, job.CreatedAt, job.ResultLife);
}
