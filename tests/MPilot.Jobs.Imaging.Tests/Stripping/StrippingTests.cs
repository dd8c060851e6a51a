using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Rendering;
using MPilot.Jobs.Imaging.Tests.Inpainting;
using MPilot.Jobs.Tests.Kit;
using Shouldly;
using Xunit;

using static MPilot.Jobs.Tests.Kit.HandmadePictures;
using static MPilot.Jobs.Tests.Kit.PngFile;

namespace MPilot.Jobs.Imaging.Tests.Stripping;

public sealed class StrippingTests
{
    private static readonly byte[] Profile = [.. "ICC_PROFILE\0"u8, 1, 1, .. Enumerable.Repeat((byte)7, 90)];
    private static readonly byte[] Secret = [.. "GPS: my garden, and more of it"u8];

    [Theory]
    [InlineData("eXIf")]
    [InlineData("tEXt")]
    [InlineData("zTXt")]
    [InlineData("iTXt")]
    [InlineData("tIME")]
    [InlineData("caBX")]
    [InlineData("prVt")]
    [InlineData("vpAg")]
    public async Task Strip_WhenPngHasOtherChunks_DropsThem(string name)
        => (await StripAsync(Claiming(40, 30, extra: Chunk(name, Secret)))).ShouldBe(Claiming(40, 30));

    [Theory]
    [InlineData("PLTE")]
    [InlineData("tRNS")]
    [InlineData("gAMA")]
    [InlineData("cHRM")]
    [InlineData("sRGB")]
    [InlineData("iCCP")]
    [InlineData("cICP")]
    [InlineData("sBIT")]
    [InlineData("bKGD")]
    [InlineData("pHYs")]
    public async Task Strip_WhenPngHasChunksToShowItBy_KeepsThem(string name)
    {
        var picture = Claiming(40, 30, extra: Chunk(name, new byte[9]));

        (await StripAsync(picture)).ShouldBe(picture);
    }

    [Fact]
    public async Task Strip_WhenPngIsAnimated_KeepsTheOneFrame()
        => (await StripAsync(Claiming(40, 30, extra: [Chunk("acTL", [.. Big(1), .. Big(0)]), Chunk("fcTL", new byte[26])]))).ShouldBe(Claiming(40, 30));

    [Theory]
    [InlineData(0xE1)]
    [InlineData(0xE2)]
    [InlineData(0xE3)]
    [InlineData(0xEB)]
    [InlineData(0xED)]
    [InlineData(0xEE)]
    [InlineData(0xEF)]
    [InlineData(0xE0)]
    [InlineData(0xFE)]
    public async Task Strip_WhenJpegHasOtherSegments_DropsThem(byte marker)
    {
        (await StripAsync(Jpeg(extra: Segment(marker, Secret)))).ShouldBe(Scanned(Jpeg()));
        (await StripAsync(Jpeg(extra: Segment(marker, [])))).ShouldBe(Scanned(Jpeg()));
    }

    [Fact]
    public async Task Strip_WhenJpegHasSegmentsToShowItBy_KeepsThem()
    {
        var picture = Jpeg(extra: [Segment(0xE2, Profile), Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1]), Segment(0xDB, new byte[65]), Segment(0xDD, [0, 4])]);

        (await StripAsync(picture)).ShouldBe(Scanned(picture));
    }

    [Fact]
    public async Task Strip_WhenJpegHasAThumbnail_DropsIt()
    {
        byte[] header = [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 2, 1, .. Secret[..6]];
        byte[] bare = [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0];
        var rest = Jpeg()[20..];

        (await StripAsync([0xFF, 0xD8, .. Segment(0xE0, header), .. rest])).ShouldBe(Scanned([0xFF, 0xD8, .. Segment(0xE0, bare), .. rest]));
    }

    [Fact]
    public async Task Strip_WhenBytesLieBetweenJpegSegments_DropsThem()
        => (await StripAsync([.. Jpeg()[..20], .. Secret, .. Jpeg()[20..]])).ShouldBe(Scanned(Jpeg()));

    [Theory]
    [InlineData("EXIF", 0x08)]
    [InlineData("XMP ", 0x04)]
    [InlineData("C2PA", 0x00)]
    [InlineData("what", 0x00)]
    public async Task Strip_WhenWebpHasOtherChunks_DropsThemAndTheirFlags(string name, byte flag)
    {
        foreach (var secret in (byte[][])[Secret, Secret[..5]])
        {
            (await StripAsync(Webp(Vp8X((byte)(0x10 | flag)), RiffChunk("ALPH", [1, 2, 3]), Vp8(), RiffChunk(name, secret))))
                .ShouldBe(Webp(Vp8X(0x10), RiffChunk("ALPH", [1, 2, 3]), Vp8()));
        }
    }

    [Fact]
    public async Task Strip_WhenWebpHasAProfile_KeepsIt()
    {
        var picture = Webp(Vp8X(0x30), RiffChunk("ICCP", Profile), Vp8L(alpha: true));

        (await StripAsync(picture)).ShouldBe(picture);
    }

    [Fact]
    public async Task Strip_WhenTheLastPadByteIsMissing_AddsIt()
    {
        var whole = Webp(Vp8());
        whole[^1].ShouldBe((byte)0);
        byte[] cut = [.. whole[..^1]];
        cut[4]--;

        (await StripAsync(cut)).ShouldBe(whole);
    }

    [Fact]
    public async Task Strip_WhenBytesFollowTheEnd_DropsThem()
    {
        (await StripAsync([.. Claiming(40, 30), .. Secret])).ShouldBe(Claiming(40, 30));
        (await StripAsync([.. Jpeg(), .. Jpeg()])).ShouldBe(Scanned(Jpeg()));
        (await StripAsync([.. Webp(Vp8()), .. Secret])).ShouldBe(Webp(Vp8()));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public async Task Strip_WhenStoredTurned_KeepsTheOrientationOnly(ushort orientation)
    {
        var exif = Exif(orientation, bigEndian: true, prefixed: false);
        foreach (var picture in (byte[][])[
            Claiming(40, 30, extra: Chunk("eXIf", exif)), Jpeg(extra: Segment(0xE1, Exif(orientation, bigEndian: true, prefixed: true))),
            Webp(Vp8X(0x08), Vp8(), RiffChunk("EXIF", exif)), Webp(Vp8(), RiffChunk("EXIF", exif)), Webp(Vp8L(alpha: true), RiffChunk("EXIF", exif))])
        {
            var stripped = await StripAsync(picture);

            var (before, after) = (Probing.Facts(picture), Probing.Facts(stripped));
            (after with { Metadata = before.Metadata }).ShouldBe(before);
            stripped.AsSpan().IndexOf("abc"u8).ShouldBe(-1);
            (await StripAsync(stripped)).ShouldBe(stripped);
        }
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    [InlineData("webp")]
    public async Task Strip_WhenPictureIsReal_KeepsPixelsAndProfile(string format)
    {
        var saved = RealPictures.WithProfile(Drawn.Picture(70, 50), format);
        var picture = format switch
        {
            "png" => [.. saved[..33], .. Chunk("tEXt", Secret), .. Chunk("tIME", new byte[7]), .. saved[33..]],
            "jpeg" => [.. saved[..2], .. Segment(0xE1, [.. "Exif\0\0"u8, .. Secret]), .. saved[2..]],
            _ => Webp(saved[12..], RiffChunk("EXIF", Secret), RiffChunk("XMP ", Secret)),
        };

        var stripped = await StripAsync(picture);

        Pixels.Decode(stripped).Bytes.ShouldBe(Pixels.Decode(saved).Bytes);
        RealPictures.Profile(stripped).ShouldBe(RealPictures.Profile(saved));
        Probing.Facts(picture).Metadata.ShouldBe(PictureMetadata.Private | PictureMetadata.Colour);
        Probing.Facts(stripped).Metadata.ShouldBe(PictureMetadata.Colour);
        stripped.AsSpan().IndexOf(Secret).ShouldBe(-1);
    }

    [Fact]
    public async Task Strip_WhenBytesComeOneByOne_IsTheSame()
    {
        foreach (var picture in (byte[][])[
            Claiming(40, 30, extra: Chunk("tEXt", Secret)), Jpeg(extra: Segment(0xE1, Secret)), Webp(Vp8X(0x08), Vp8(), RiffChunk("EXIF", Secret))])
        {
            (await StripAsync(picture, one: true)).ShouldBe(await StripAsync(picture));
        }
    }

    [Fact]
    public async Task Strip_WhenCutAnywhere_SaysDamaged()
    {
        foreach (var picture in (byte[][])[Claiming(40, 30), Jpeg(extra: Segment(0xE1, Secret)), Webp(Vp8X(0x08), Vp8L(), RiffChunk("EXIF", [1, 2]))])
        {
            for (var length = 0; length < picture.Length; length++)
            {
                var cut = picture[..length];
                await Should.ThrowAsync<PictureUndecodableException>(() => StripAsync(cut, facts: Probing.Facts(picture)));
            }
        }
    }

    [Fact]
    public async Task Strip_WhenBytesAreMutated_NeverFailsOtherwise()
    {
        var random = new Random(99);
        foreach (var seed in (byte[][])[Claiming(40, 30, extra: Chunk("tEXt", Secret)), Jpeg(extra: Segment(0xE1, Secret)), Webp(Vp8X(0x08), Vp8(), RiffChunk("EXIF", Secret))])
        {
            var facts = Probing.Facts(seed);
            for (var round = 0; round < 3000; round++)
            {
                var mutated = (byte[])seed.Clone();
                mutated[random.Next(seed.Length)] = (byte)random.Next(256);
                await TryStripAsync(mutated, facts);
            }
        }
    }

    [Fact]
    public async Task Strip_WhenPictureIsLarge_HandsOnSmallPieces()
    {
        var picture = PngFile.Of(1, 1, [1, 2, 3, 255], PngFile.Chunk("baLl", new byte[3_000_000]));
        byte[] large = [.. picture[..^12], .. Chunk("IDAT", new byte[5_000_000]), .. Chunk("IEND", [])];
        var (most, all) = (0, 0L);

        await new VipsPictureRenderer(new PixelBudget()).StripAsync(
            Editing.Input(large),
            (piece, _) =>
            {
                most = Math.Max(most, piece.Length);
                all += piece.Length;
                return default;
            },
            default);

        most.ShouldBeLessThan(140_000);
        all.ShouldBe(large.Length - 3_000_000 - 12);
    }

    private static async Task TryStripAsync(byte[] picture, PictureFacts facts)
    {
        try
        {
            await StripAsync(picture, facts);
        }
        catch (PictureUndecodableException)
        {
            // That is how damage is told.
        }
    }

    private static async Task<byte[]> StripAsync(byte[] picture, PictureFacts? facts = null, bool one = false)
    {
        using var stripped = new MemoryStream();
        PictureInput input = new(_ => new(one ? new ByteByByte(picture) : new MemoryStream(picture)), facts ?? Probing.Facts(picture));
        await new VipsPictureRenderer(new PixelBudget()).StripAsync(input, stripped.WriteAsync, CancellationToken.None);
        return stripped.ToArray();
    }

    /// <summary>As it is written anew: without fill bytes before markers.</summary>
    private static byte[] Scanned(byte[] jpeg)
    {
        var end = jpeg.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xFF, 0xD9]);
        return [.. jpeg[..end], .. jpeg[(end + 1)..]];
    }
}
