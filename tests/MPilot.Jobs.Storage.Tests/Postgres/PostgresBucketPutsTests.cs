using MPilot.Jobs.Domain.Buckets;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Tests.Conformance;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class PostgresBucketPutsTests : BucketConformance
{
    private PostgresStore? _store;

    [Fact]
    public async Task InsertAsync_WhenTheIdIsTaken_IsAConflict()
    {
        var insert = Accept(NewJob()) with { BucketUrls = ["https://s3.example/x"] };
        await Jobs.InsertAsync(insert, default);

        await Should.ThrowAsync<VersionConflictException>(() => Jobs.InsertAsync(insert, default));
    }

    /// <summary>Neither sees the other's end unless one waits for it.</summary>
    [Fact]
    public async Task RecordAsync_WhenTwoNodesEndTheLastTwoAtOnce_TheEndIsToldOnce()
    {
        const int Rounds = 20;
        await Endpoints.AddAsync(NewEndpoint() with { Events = [WebhookEvents.OutputDelivered] }, "whsec_1", 10, default);
        StorePorts[] nodes = [_store!.Ports, await _store.OpenAnotherAsync()];
        for (var i = 0; i < Rounds; i++)
        {
            await FinishedAsync(job: NewJob(count: 2));
        }

        var epoch = await EpochAsync();
        var claimed = await Puts.ClaimAsync(new($"{Tenant} https://s3.example:9000", "node-1", epoch, Start.AddMinutes(1), 2 * Rounds), default);
        var tried = new DeliveryTry(Start.AddMinutes(1), TimeSpan.FromSeconds(1), DeliveryOutcome.Accepted, 200);
        foreach (var pair in claimed.Chunk(2))
        {
            (await Task.WhenAll(pair.Zip(nodes, (put, node) => node.Puts.RecordAsync(new(put, "node-1", epoch, tried, new(BucketPutStatus.Delivered)), default))))
                .ShouldBe([true, true]);
        }

        (await Deliveries.ListAsync(new(Tenant, 100), default)).Count.ShouldBe(Rounds);
    }

    protected override async Task<StorePorts> OpenAsync() => (_store = await PostgresStore.OpenAsync()).Ports;

    protected override async Task CloseAsync() => await _store!.DisposeAsync();
}
