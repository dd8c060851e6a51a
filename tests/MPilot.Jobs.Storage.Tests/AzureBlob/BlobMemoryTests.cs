using MPilot.Jobs.Engine.Artifacts;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.AzureBlob;

/// <summary>Memory does not grow with pictures. Counts what the whole process allocates, so nothing else may run.</summary>
[Collection(AloneCollection.Name)]
public sealed class BlobMemoryTests
{
    private const int Megabyte = 1 << 20;

    [Fact]
    public async Task CommitAndRead_WhenABlobHas60Megabytes_AllocateAFractionOfIt()
    {
        using var container = await BlobStore.OpenAsync();
        var store = container.Artifacts(new ManualTime(Start));
        var buffer = new byte[Megabyte];

        // What the first blob makes is there for all others: connections, code, buffers of a pool.
        await WriteAndReadAsync(store, buffer);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await WriteAndReadAsync(store, buffer);

        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(20 * Megabyte, "the buffers of a few blocks, should the pool have dropped them");
    }

    private static async Task WriteAndReadAsync(IArtifactStore store, byte[] buffer)
    {
        var id = NextId("art");
        await using (var writer = await store.CreateAsync(id, default))
        {
            for (var i = 0; i < 60; i++)
            {
                Array.Fill(buffer, (byte)i);
                await writer.WriteAsync(buffer, default);
            }

            await writer.CommitAsync(default);
        }

        await using var stream = await store.OpenReadAsync(id, default);
        for (var i = 0; i < 60; i++)
        {
            await stream.ReadExactlyAsync(buffer);
            (buffer[0], buffer[^1]).ShouldBe(((byte)i, (byte)i));
        }
    }
}
