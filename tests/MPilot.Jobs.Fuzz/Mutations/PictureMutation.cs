using MPilot.Jobs.Imaging.Tests.Kit;
using MPilot.Jobs.Tests.Kit;

using static MPilot.Jobs.Tests.Kit.HandmadePictures;
using static MPilot.Jobs.Tests.Kit.PngFile;

namespace MPilot.Jobs.Fuzz.Mutations;

/// <summary>Makes pictures that are nearly right.</summary>
internal sealed class PictureMutation
{
    private readonly byte[][] _seeds = Seeds();
    private readonly List<Block>[] _spare;

    public PictureMutation() => _spare = [.. _seeds.Select(PictureBlocks.Split)];

    public byte[] Next(Random random)
    {
        var which = random.Next(_seeds.Length);
        var seed = _seeds[which];
        if (random.Next(3) == 0)
        {
            return ByteMutation.Change(seed, random);
        }

        var blocks = new List<Block>(_spare[which]);
        var alike = Enumerable.Range(0, _seeds.Length).Where(i => _seeds[i][0] == seed[0]).ToList();
        BlockMutation.Change(blocks, _spare[alike[random.Next(alike.Count)]], random);
        var joined = PictureBlocks.Join(seed, blocks);
        return random.Next(4) == 0 ? ByteMutation.Change(joined, random) : joined;
    }

    private static byte[][] Seeds()
    {
        var pixels = new Pixels(19, 13);
        new Random(1).NextBytes(pixels.Bytes);
        var (png, jpeg, webp) = (pixels.Png(), pixels.Jpeg(80), pixels.Webp(80));
        byte[] exif = Exif(6, bigEndian: true, prefixed: false);
        return
        [
            png, jpeg, webp, pixels.Png(Chunk("eXIf", exif), Chunk("tEXt", [.. "k\0words"u8]), Chunk("gAMA", [.. Big(45_455)])), PngFile.Of(4, 3, new byte[36], Chunk("pHYs", new byte[9])),
            Claiming(40, 30, colour: 3, extra: [Chunk("PLTE", new byte[6]), Chunk("tRNS", [0])]), Claiming(40, 30, extra: [Chunk("acTL", [.. Big(1), .. Big(0)])]),
            [.. jpeg[..2], .. Segment(0xE1, Exif(8, bigEndian: false, prefixed: true)), .. Segment(0xFE, new byte[70]), .. jpeg[2..]], Jpeg(frame: 0xC2, components: 1), Jpeg(),
            Webp(Vp8()), Webp(Vp8L(alpha: true)), Webp(Vp8X(0x18), RiffChunk("ALPH", [1, 2, 3]), Vp8(), RiffChunk("EXIF", exif)),
            Webp(Vp8X(0x08, 19, 13), webp[12..], RiffChunk("EXIF", Exif(3, bigEndian: true, prefixed: true))),
        ];
    }
}
