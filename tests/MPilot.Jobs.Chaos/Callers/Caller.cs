using MPilot.Jobs.Chaos.Plans;

namespace MPilot.Jobs.Chaos.Callers;

/// <summary>Makes requests as planned and goes on about their jobs until they are over, whatever happens to the service meanwhile.</summary>
internal sealed class Caller(ServiceClient client, IEntrance door, Witness witness, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task CallAsync(JobPlan plan)
    {
        if (await PostAsync(plan) is not { } answer)
        {
            return;
        }

        witness.Take(answer);
        if (answer.Job is { } job && answer.IsWhole)
        {
            await FollowAsync(plan, job);
        }

        if (plan.Repeats && await PostAsync(plan) is { } again)
        {
            witness.Take(again);
        }
    }

    /// <summary>Until it is answered where it may be repeated, else until it was certainly sent.</summary>
    private async Task<Answer?> PostAsync(JobPlan plan)
    {
        for (var repeats = 0; ; repeats++)
        {
            var service = await door.AddressAsync();
            string? job = null;
            using var patience = new CancellationTokenSource(plan.Caller == CallerKind.HangsUp ? plan.Patience : Timeout.InfiniteTimeSpan, time);
            try
            {
                if (await client.PostAsync(service, plan, repeats, sighted => job = sighted, patience.Token) is { } answer)
                {
                    return answer;
                }
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                witness.TakeUnanswered(plan);
                return job is null ? null : new Answer(plan, job, Status: 0, []) { IsWhole = false };
            }
            catch (Exception failure) when (ServiceClient.IsBreak(failure))
            {
                if (!ServiceClient.IsNotSent(failure))
                {
                    witness.TakeUnanswered(plan);
                }

                if (!plan.MayRepeat && !ServiceClient.IsNotSent(failure))
                {
                    return job is null ? null : new Answer(plan, job, Status: 0, []) { IsWhole = false };
                }
            }

            await time.ElapseAsync(Pause);
        }
    }

    private Task FollowAsync(JobPlan plan, string job) => plan.Caller switch
    {
        CallerKind.Polls => PollAsync(job),
        CallerKind.Listens => ListenAsync(plan, job),
        CallerKind.Cancels => CancelAsync(plan, job),
        _ => Task.CompletedTask,
    };

    private Task PollAsync(string job) => UntilAsync(async service =>
    {
        var snapshot = await client.GetAsync(service, $"/v1/jobs/{job}?wait=5");
        return (string?)snapshot["status"] is "succeeded" or "failed" or "canceled";
    });

    private async Task ListenAsync(JobPlan plan, string job)
    {
        var (frames, connections) = (new List<EventFrame>(), 0);
        await UntilAsync(async service =>
        {
            connections++;
            await client.ReadEventsAsync(service, job, frames, plan.EventsAtOnce);
            return frames.Count > 0 && frames[^1].Name == "job.finalized";
        });
        witness.Take(new EventReading(job, frames, connections));
    }

    private async Task CancelAsync(JobPlan plan, string job)
    {
        await time.ElapseAsync(plan.Patience);
        await UntilAsync(async service => await client.CancelAsync(service, job) == 202);
        await PollAsync(job);
    }

    /// <summary>Does something again until it succeeds, at whichever process is the service.</summary>
    private async Task UntilAsync(Func<Uri, Task<bool>> isDone)
    {
        while (true)
        {
            try
            {
                if (await isDone(await door.AddressAsync()))
                {
                    return;
                }
            }
            catch (Exception failure) when (ServiceClient.IsBreak(failure))
            {
                // The service died; the next one is asked.
            }

            await time.ElapseAsync(Pause);
        }
    }
}
