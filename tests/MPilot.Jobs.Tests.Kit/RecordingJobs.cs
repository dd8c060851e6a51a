using System.Collections.Concurrent;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>Takes down every fact told; answers as the test says.</summary>
public sealed class RecordingJobs : IJobs
{
    private readonly ConcurrentQueue<JobFact> _all = new();

    /// <summary>How a fact is answered; may throw.</summary>
    public Func<JobFact, TellAnswer> Answering { get; set; } = _ => new(Verdict.Applied);

    public IReadOnlyCollection<JobFact> All => _all;

    public Task<SubmitAnswer> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<TellAnswer> TellAsync(string job, JobFact fact, CancellationToken cancellationToken)
    {
        _all.Enqueue(fact);
        try
        {
            return Task.FromResult(Answering(fact));
        }
        catch (Exception failure)
        {
            return Task.FromException<TellAnswer>(failure);
        }
    }
}
