using Shouldly;
using Xunit;
using static MPilot.Jobs.Tests.Kit.HandmadePictures;
using static MPilot.Jobs.Tests.Kit.PngFile;

namespace MPilot.Jobs.Imaging.Tests.Probe;

public sealed class PictureProbeFuzzTests
{
    private const int Mutations = 20_000;

    private static readonly byte[][] Seeds =
    [
        Claiming(40, 30), Claiming(40, 30, colour: 3, extra: [Chunk("PLTE", new byte[6]), Chunk("tRNS", [0]), Chunk("eXIf", Exif(6, bigEndian: true, prefixed: false))]),
        Claiming(40, 30, extra: [Chunk("acTL", [.. Big(1), .. Big(0)])]),
        Jpeg(), Jpeg(frame: 0xC2, components: 1, extra: [Segment(0xE1, Exif(8, bigEndian: false, prefixed: true)), Segment(0xFE, new byte[70])]),
        Webp(Vp8()), Webp(Vp8L(alpha: true)), Webp(Vp8X(0x18), RiffChunk("ALPH", [1, 2, 3]), Vp8(), RiffChunk("EXIF", Exif(3, bigEndian: true, prefixed: true))),
    ];

    [Fact]
    public void Push_WhenBytesAreMutated_NeverThrowsAndSplittingChangesNothing()
    {
        var random = new Random(20_260);
        for (var round = 0; round < Mutations; round++)
        {
            var picture = Mutate(Seeds[random.Next(Seeds.Length)], random);

            var whole = Probing.Find(picture);

            Probing.Find(picture, split: 1).ShouldBe(whole);
            Probing.Find(picture, split: random.Next(2, 40)).ShouldBe(whole);
        }
    }

    [Fact]
    public void Push_WhenSeedsAreSplitByteByByte_FindsTheSame()
    {
        foreach (var seed in Seeds)
        {
            Probing.Facts(seed);
            Probing.Find(seed, split: 1).ShouldBe(Probing.Find(seed));
        }
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        List<byte> bytes = [.. seed];
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes[at] = random.Next(2) == 0 ? (byte)0 : (byte)0xFF;
                    break;
                case 3:
                    bytes.InsertRange(at, seed.Skip(random.Next(seed.Length)).Take(random.Next(1, 20)));
                    break;
                case 4 when bytes.Count > 30:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 12), bytes.Count - at));
                    break;
                default:
                    bytes.RemoveRange(Math.Max(1, at), bytes.Count - Math.Max(1, at));
                    bytes.AddRange(seed.Skip(at));
                    break;
            }
        }

        return [.. bytes];
    }
}
