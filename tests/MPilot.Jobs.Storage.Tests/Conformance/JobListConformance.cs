using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Json;
using MPilot.Jobs.Storage.Tests.Samples;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Conformance;

/// <summary>Lists of a tenant's jobs.</summary>
public abstract class JobListConformance : StoreConformance
{
    [Fact]
    public async Task ListAsync_WhenThereAreNone_IsEmpty() => (await ListAsync(new(Tenant, 10))).ShouldBeEmpty();

    [Fact]
    public async Task ListAsync_WhenPaged_NamesEveryJobOnceNewestFirst()
    {
        var all = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            all.Insert(0, (await Jobs.AcceptedAsync(NewJob())).Id);
        }

        var first = await ListAsync(new(Tenant, 2));
        var second = await ListAsync(new(Tenant, 2) { After = first[^1] });
        var third = await ListAsync(new(Tenant, 2) { After = second[^1] });

        first.Concat(second).Concat(third).ShouldBe(all);
        (await ListAsync(new(Tenant, 2) { After = third[^1] })).ShouldBeEmpty();
    }

    [Fact]
    public async Task ListAsync_WhenRead_HasTheWholeState()
    {
        var state = await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));

        var listed = (await Jobs.ListAsync(new(Tenant, 1), default)).Single();

        JobStateJson.Write(listed).ShouldBe(JobStateJson.Write(state));
    }

    [Fact]
    public async Task ListAsync_WhenJobsAreAnotherTenants_DoesNotNameThem()
    {
        var own = await Jobs.AcceptedAsync(NewJob("shop-a"));
        var other = await Jobs.AcceptedAsync(NewJob("shop-b"));

        (await ListAsync(new("shop-a", 10))).ShouldBe([own.Id]);
        (await ListAsync(new("shop-a", 10) { RequestId = "req_1" })).ShouldBe([own.Id]);
        (await ListAsync(new("shop-a", 10) { After = other.Id })).ShouldBe([own.Id]);
    }

    [Fact]
    public async Task ListAsync_WhenStatusesChange_FollowsThem()
    {
        var queued = await Jobs.AcceptedAsync(NewJob());
        var running = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob()), Sending());
        var succeeded = await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));

        (await ListAsync(new(Tenant, 10) { Status = JobStatus.Queued })).ShouldBe([queued.Id]);
        (await ListAsync(new(Tenant, 10) { Status = JobStatus.Running })).ShouldBe([running.Id]);
        (await ListAsync(new(Tenant, 10) { Status = JobStatus.Succeeded })).ShouldBe([succeeded.Id]);
        (await ListAsync(new(Tenant, 10) { Status = JobStatus.Failed })).ShouldBeEmpty();

        await Jobs.ToldAsync(queued, Sending());
        (await ListAsync(new(Tenant, 10) { Status = JobStatus.Running })).ShouldBe([running.Id, queued.Id]);
    }

    /// <summary>Eight jobs, two of each kind of each of three filters: every filter must count, alone and with every other.</summary>
    [Fact]
    public async Task ListAsync_WhenFiltered_KeepsWhatMeetsAllFilters()
    {
        var jobs = new List<JobState>();
        for (var i = 0; i < 8; i++)
        {
            var state = await Jobs.AcceptedAsync(NewJob() with { ModelRequested = i % 2 == 0 ? "even" : "odd", RequestId = i < 4 ? "low" : "high" });
            jobs.Insert(0, i % 4 < 2 ? state : await Jobs.ToldAsync(state, Sending()));
        }

        foreach (var query in AllFilters())
        {
            var wanted = jobs.Where(j => (query.Status ?? j.Status) == j.Status
                && (query.Model ?? j.ModelRequested) == j.ModelRequested
                && (query.RequestId ?? j.RequestId) == j.RequestId).Select(j => j.Id).ToList();

            (await ListAsync(query)).ShouldBe(wanted, query.ToString());
            (await ListAsync(query with { After = wanted[0] })).ShouldBe(wanted.Skip(1), query.ToString());
            (await ListAsync(query with { Limit = 1 })).ShouldBe(wanted.Take(1), query.ToString());
        }
    }

    private static IEnumerable<JobQuery> AllFilters()
        => from status in new JobStatus?[] { null, JobStatus.Queued, JobStatus.Running }
           from model in new[] { null, "even", "odd" }
           from request in new[] { null, "low", "high" }
           select new JobQuery(Tenant, 10) { Status = status, Model = model, RequestId = request };

    private async Task<List<string>> ListAsync(JobQuery query) => [.. (await Jobs.ListAsync(query, default)).Select(j => j.Id)];
}
