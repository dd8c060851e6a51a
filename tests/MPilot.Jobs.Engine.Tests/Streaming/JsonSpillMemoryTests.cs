using System.Text;

using MPilot.Jobs.Engine.Streaming;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Streaming;

/// <summary>Counts what the whole process allocates, so nothing else may run beside it.</summary>
[Collection(Alone.Name)]
public sealed class JsonSpillMemoryTests
{
    private readonly MemoryPictures _pictures = new();

    [Fact]
    public async Task ReadAsync_WhenAnswerIsLarge_KeepsMemoryBounded()
    {
        _pictures.Artifacts.Keeps = false;
        var block = Encoding.ASCII.GetBytes(Convert.ToBase64String(Noise(48 << 10)));
        var separator = Encoding.ASCII.GetBytes($"\",\"{new string('A', 4)}");
        byte[] picture = [.. Enumerable.Repeat(block, 160).SelectMany(b => b), .. separator];
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var outcome = await JsonSpill.ReadAsync(new RepeatedStream("[\""u8.ToArray(), picture, 10, "\"]"u8.ToArray()), _pictures.BeginPictureAsync, default);

        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        await outcome.ShouldBeOfType<SpillOutcome.Complete>().Json.DisposeAsync();
        _pictures.Writers.Count.ShouldBe(10);
        _pictures.Writers.Sum(w => w.Length).ShouldBeGreaterThan(75L << 20);
        allocated.ShouldBeLessThan(8L << 20);
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(3).NextBytes(bytes);
        return bytes;
    }
}
