using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Fuzz.Mutations;
using MPilot.Jobs.Imaging.Tests.Kit;

namespace MPilot.Jobs.Fuzz.Targets;

/// <summary>The picture probe: never throws, says the same however the bytes are split, and never differs from a decoder about the size.</summary>
internal sealed class ProbeTarget : IFuzzTarget
{
    private readonly PictureMutation _pictures = new();

    public string Name => "probe";

    public byte[] Next(Random random) => _pictures.Next(random);

    public Task FeedAsync(byte[] input, Random random)
    {
        var whole = Probing.Find(input);
        BrokenInvariantException.Unless(Probing.Find(input, split: 1) == whole, "byte by byte it is found to be something else");
        BrokenInvariantException.Unless(Probing.Find(input, split: random.Next(2, 60)) == whole, "in pieces it is found to be something else");
        if (whole is PictureFinding.Usable { Facts: var facts } && DecoderHeader.Size(input, facts.Format) is { } size)
        {
            BrokenInvariantException.Unless(size == facts.Stored, $"it is found to be {facts.Stored}, but decodes as {size}");
        }

        return Task.CompletedTask;
    }
}
