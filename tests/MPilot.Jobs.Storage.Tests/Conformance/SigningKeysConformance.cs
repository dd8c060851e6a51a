using MPilot.Jobs.Engine.Store;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Conformance;

public abstract class SigningKeysConformance : StoreConformance
{
    [Fact]
    public async Task EnsureAsync_WhenThereIsNone_StoresTheCandidateAndKeepsIt()
    {
        var secret = Enumerable.Range(0, 32).Select(i => (byte)(i * 7)).ToArray();

        await SigningKeys.EnsureAsync(new SigningKey("k1", secret, Start), default);
        var key = (await SigningKeys.EnsureAsync(new SigningKey("k2", new byte[32], Start.AddDays(1)), default)).ShouldHaveSingleItem();

        key.Id.ShouldBe("k1");
        key.Secret.ShouldBe(secret);
        key.CreatedAt.ShouldBe(Start);
    }

    [Fact]
    public async Task EnsureAsync_WhenNodesRace_AllGetTheSameKey()
    {
        var keys = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => SigningKeys.EnsureAsync(new SigningKey($"k{i}", [(byte)i], Start), default)));

        keys.Select(k => k.Single().Id).Distinct().Count().ShouldBe(1);
    }
}
