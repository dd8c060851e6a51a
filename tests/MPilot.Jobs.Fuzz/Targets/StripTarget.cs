using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Fuzz.Mutations;
using MPilot.Jobs.Imaging;
using MPilot.Jobs.Imaging.Rendering;
using MPilot.Jobs.Imaging.Tests.Kit;

namespace MPilot.Jobs.Fuzz.Targets;

/// <summary>The metadata stripper: what is left is a picture of the same pixels with nothing private in it, however the bytes come.</summary>
internal sealed class StripTarget : IFuzzTarget
{
    /// <summary>Larger ones are not decoded, to save time.</summary>
    private const long MostPixels = 100_000;

    private static readonly VipsPictureRenderer Renderer = new(new PixelBudget());

    private readonly PictureMutation _pictures = new();

    public string Name => "strip";

    public byte[] Next(Random random) => _pictures.Next(random);

    public async Task FeedAsync(byte[] input, Random random)
    {
        if (Probing.Find(input) is not PictureFinding.Usable { Facts: var facts })
        {
            return;
        }

        var stripped = await StripAsync(facts, () => new MemoryStream(input, writable: false));
        var pieced = await StripAsync(facts, () => new PiecedStream(input, random));
        BrokenInvariantException.Unless(stripped.AsSpan().SequenceEqual(pieced), "in pieces something else is left of it");
        BrokenInvariantException.Unless(
            Probing.Find(stripped) is PictureFinding.Usable { Facts: var left } && left with { Metadata = default } == facts with { Metadata = default }
                && (left.Metadata & PictureMetadata.Provenance) == PictureMetadata.None && (left.Metadata & PictureMetadata.Private & ~OrientationOf(facts)) == PictureMetadata.None,
            $"what is left of {facts} is {Probing.Find(stripped)}");
        if (facts.Stored.Pixels <= MostPixels && Decoded(input) is { } before)
        {
            BrokenInvariantException.Unless(Decoded(stripped) is { } after && after.AsSpan().SequenceEqual(before), "its pixels are not the same afterwards");
        }
    }

    /// <summary>The orientation stays, in a block of its own.</summary>
    private static PictureMetadata OrientationOf(PictureFacts facts) => facts.Orientation == 1 ? PictureMetadata.None : PictureMetadata.Private;

    private static async Task<byte[]> StripAsync(PictureFacts facts, Func<Stream> open)
    {
        using var bytes = new MemoryStream();
        await Renderer.StripAsync(
            new(_ => new(open()), facts),
            (piece, _) =>
            {
                bytes.Write(piece.Span);
                return default;
            },
            CancellationToken.None);
        return bytes.ToArray();
    }

    private static byte[]? Decoded(byte[] picture)
    {
        try
        {
            return Pixels.Decode(picture).Bytes;
        }
        catch (PictureUndecodableException)
        {
            return null;
        }
    }
}
