using System.Text;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Probe;
using Shouldly;
using Xunit;
using static MPilot.Jobs.Tests.Kit.HandmadePictures;
using static MPilot.Jobs.Tests.Kit.PngFile;

namespace MPilot.Jobs.Imaging.Tests.Probe;

public sealed class PictureProbeTests
{
    private static readonly PictureSize Size = new(40, 30);

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(4, true)]
    [InlineData(6, true)]
    public void Complete_WhenPng_FindsItsFacts(byte colour, bool alpha)
        => Probing.Facts(Claiming(40, 30, colour: colour)).ShouldBe(new PictureFacts(PictureFormat.Png, Size, 1, alpha, 1));

    [Fact]
    public void Complete_WhenPngHasTransparentColour_FindsAlpha()
        => Probing.Facts(Claiming(40, 30, colour: 3, extra: [Chunk("PLTE", new byte[6]), Chunk("tRNS", [0])])).HasAlpha.ShouldBeTrue();

    [Theory]
    [InlineData(0xC0)]
    [InlineData(0xC1)]
    [InlineData(0xC2)]
    public void Complete_WhenJpeg_FindsItsFacts(byte frame)
        => Probing.Facts(Jpeg(frame: frame)).ShouldBe(new PictureFacts(PictureFormat.Jpeg, Size, 1, HasAlpha: false, 1));

    [Fact]
    public void Complete_WhenWebp_FindsItsFacts()
    {
        Probing.Facts(Webp(Vp8())).ShouldBe(new PictureFacts(PictureFormat.Webp, Size, 1, HasAlpha: false, 1));
        Probing.Facts(Webp(Vp8L())).ShouldBe(new PictureFacts(PictureFormat.Webp, Size, 1, HasAlpha: false, 1));
        Probing.Facts(Webp(Vp8L(alpha: true))).HasAlpha.ShouldBeTrue();
        Probing.Facts(Webp(Vp8X(0x10), RiffChunk("ALPH", [1]), Vp8())).HasAlpha.ShouldBeTrue();
        Probing.Facts(Webp(Vp8X(0), Vp8())).HasAlpha.ShouldBeFalse();
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, false)]
    [InlineData(6, true)]
    [InlineData(8, false)]
    public void Complete_WhenExifIsAnywhere_FindsOrientation(ushort orientation, bool bigEndian)
    {
        var bare = Exif(orientation, bigEndian, prefixed: false);
        var prefixed = Exif(orientation, bigEndian, prefixed: true);
        byte[] latePng = [.. Claiming(40, 30)[..^12], .. Chunk("eXIf", bare), .. Chunk("IEND", [])];

        Probing.Facts(Jpeg(extra: [Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0<x/>"u8]), Segment(0xE1, prefixed)])).Orientation.ShouldBe(orientation);
        Probing.Facts(Claiming(40, 30, extra: [Chunk("eXIf", bare)])).Orientation.ShouldBe(orientation);
        Probing.Facts(latePng).Orientation.ShouldBe(orientation);
        Probing.Facts(Webp(Vp8X(0x08), Vp8(), RiffChunk("EXIF", bare))).Orientation.ShouldBe(orientation);
        Probing.Facts(Webp(Vp8X(0x08), Vp8(), RiffChunk("EXIF", prefixed))).Orientation.ShouldBe(orientation);
        Probing.Facts(Webp(Vp8X(0x08), RiffChunk("EXIF", bare), Vp8())).Oriented.ShouldBe(orientation >= 5 ? new(30, 40) : Size);
    }

    [Fact]
    public void Complete_WhenOrientationIsNonsense_CountsAsUpright()
    {
        Probing.Facts(Claiming(40, 30, extra: [Chunk("eXIf", Exif(9, bigEndian: true, prefixed: false))])).Orientation.ShouldBe(1);
        Probing.Facts(Claiming(40, 30, extra: [Chunk("eXIf", [1, 2, 3])])).Orientation.ShouldBe(1);
        Probing.Facts(Claiming(40, 30, extra: [Chunk("eXIf", Exif(6, bigEndian: true, prefixed: false)[..36])])).Orientation.ShouldBe(1);
    }

    [Theory]
    [InlineData("GIF89a\u0001\u0000\u0001\u0000\u0000\u0000", "is a gif, not a png, jpeg or webp picture")]
    [InlineData("<svg xmlns='http://'/>", "is an svg, not a png, jpeg or webp picture")]
    [InlineData("<?xml version='1.0'?>", "is an svg or other xml document, not a png, jpeg or webp picture")]
    [InlineData("<!doctype html><html>", "is an html page, not a png, jpeg or webp picture")]
    [InlineData("II*\u0000\u0008\u0000\u0000\u0000\u0000\u0000\u0000\u0000", "is a tiff, not a png, jpeg or webp picture")]
    [InlineData("BM\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000", "is a bmp, not a png, jpeg or webp picture")]
    [InlineData("%PDF-1.7\n1 0 obj", "is a pdf, not a png, jpeg or webp picture")]
    [InlineData("\u0000\u0000\u0000\u001cftypavif", "is an avif, not a png, jpeg or webp picture")]
    [InlineData("\u0000\u0000\u0000\u001cftypheic", "is a heic, not a png, jpeg or webp picture")]
    [InlineData("\u0000\u0000\u0000\u001cftypisom", "is a video or other media file, not a png, jpeg or webp picture")]
    [InlineData("RIFF\u0010\u0000\u0000\u0000WAVEfmt ", "is another kind of RIFF file, not a png, jpeg or webp picture")]
    [InlineData("{\"error\":\"no\"}", "is not a png, jpeg or webp picture")]
    [InlineData("", "is empty")]
    [InlineData("GIF8", "is a gif, not a png, jpeg or webp picture")]
    public void Complete_WhenAnotherFormat_NamesIt(string text, string reason) => Probing.Reason(Encoding.Latin1.GetBytes(text)).ShouldBe(reason);

    [Fact]
    public void Complete_WhenCutAnywhere_IsUnusable()
    {
        foreach (var picture in (byte[][])[Claiming(40, 30), Jpeg(), Webp(Vp8()), Webp(Vp8X(8), Vp8L(), RiffChunk("EXIF", [1, 2]))])
        {
            for (var length = 1; length < picture.Length; length++)
            {
                Probing.Reason(picture[..length]).ShouldContain("truncated", customMessage: $"{length} of {picture.Length} bytes");
            }
        }
    }

    [Fact]
    public void Complete_WhenBytesFollowTheEnd_IgnoresThem()
    {
        byte[] trailing = [1, 2, 3, 0xFF, 0xD8];
        Probing.Facts([.. Claiming(40, 30), .. trailing]).Stored.ShouldBe(Size);
        Probing.Facts([.. Jpeg(), .. trailing]).Stored.ShouldBe(Size);
        Probing.Facts([.. Webp(Vp8()), .. trailing]).Stored.ShouldBe(Size);
    }

    [Fact]
    public void Complete_WhenThereIsMetadata_SaysOfWhatKind()
    {
        byte[] profile = [.. "ICC_PROFILE\0"u8, 1, 1, 9];
        byte[] boxes = [.. "JP"u8, 0, 1];
        foreach (var name in (string[])["eXIf", "tEXt", "zTXt", "iTXt", "tIME", "prVt"])
        {
            Metadata(Claiming(40, 30, extra: Chunk(name, new byte[20]))).ShouldBe(PictureMetadata.Private);
        }

        foreach (var marker in (byte[])[0xE1, 0xE2, 0xEB, 0xED, 0xFE])
        {
            Metadata(Jpeg(extra: Segment(marker, new byte[20]))).ShouldBe(PictureMetadata.Private);
        }

        Metadata(Webp(Vp8X(0x08), Vp8(), RiffChunk("EXIF", new byte[9]))).ShouldBe(PictureMetadata.Private);
        Metadata(Webp(Vp8X(0x04), Vp8(), RiffChunk("XMP ", new byte[9]))).ShouldBe(PictureMetadata.Private);
        Metadata(Claiming(40, 30, extra: Chunk("iCCP", new byte[9]))).ShouldBe(PictureMetadata.Colour);
        Metadata(Jpeg(extra: Segment(0xE2, profile))).ShouldBe(PictureMetadata.Colour);
        Metadata(Webp(Vp8X(0x20), RiffChunk("ICCP", profile), Vp8())).ShouldBe(PictureMetadata.Colour);
        Metadata(Claiming(40, 30, extra: Chunk("caBX", boxes))).ShouldBe(PictureMetadata.Provenance);
        Metadata(Jpeg(extra: Segment(0xEB, boxes))).ShouldBe(PictureMetadata.Provenance);
        Metadata(Webp(Vp8X(0), Vp8(), RiffChunk("C2PA", boxes))).ShouldBe(PictureMetadata.Provenance);
        Metadata(Jpeg(extra: [Segment(0xEB, boxes), Segment(0xFE, []), Segment(0xE2, profile)]))
            .ShouldBe(PictureMetadata.Private | PictureMetadata.Colour | PictureMetadata.Provenance);
        Metadata([.. Jpeg(), 1]).ShouldBe(PictureMetadata.Private);
        Metadata(Claiming(40, 30, extra: Chunk("pHYs", new byte[9]))).ShouldBe(PictureMetadata.None);
    }

    [Fact]
    public void Complete_WhenMoreThanOneFrame_SaysSo()
    {
        const string Reason = "has more than one frame";
        Probing.Reason(Claiming(40, 30, extra: [Chunk("acTL", [.. Big(2), .. Big(0)])])).ShouldBe(Reason);
        Probing.Facts(Claiming(40, 30, extra: [Chunk("acTL", [.. Big(1), .. Big(0)])])).Frames.ShouldBe(1);
        Probing.Reason(Webp(Vp8X(0x02), RiffChunk("ANIM", new byte[6]))).ShouldBe(Reason);
        Probing.Reason(Webp(Vp8X(0), RiffChunk("ANMF", new byte[24]))).ShouldBe(Reason);
    }

    [Fact]
    public void Complete_WhenAnySideIsZero_SaysSo()
    {
        const string Reason = "has a width or height of 0";
        Probing.Reason(Claiming(0, 30)).ShouldBe(Reason);
        Probing.Reason(Claiming(40, 0)).ShouldBe(Reason);
        Probing.Reason(Jpeg(height: 0)).ShouldBe(Reason);
        Probing.Reason(Webp(Vp8(width: 0))).ShouldBe(Reason);
    }

    [Fact]
    public void Complete_WhenTooManyPixels_NamesSizeAndLimit()
    {
        Probing.Reason(Claiming(10_000, 5_001)).ShouldBe("has 10000x5001 pixels, more than 50 megapixels");
        Probing.Reason(Jpeg(10_000, 5_001)).ShouldBe("has 10000x5001 pixels, more than 50 megapixels");
        Probing.Reason(Webp(Vp8X(0, 16_000, 16_000))).ShouldBe("has 16000x16000 pixels, more than 50 megapixels");
        Probing.Reason(Claiming(uint.MaxValue, 1)).ShouldBe("has a side longer than 65535 pixels");
        Probing.Facts(Claiming(10_000, 5_000)).Stored.Pixels.ShouldBe(50_000_000);
    }

    [Fact]
    public void Complete_WhenLimitIsSet_HoldsIt()
    {
        var inspection = new PictureProbe(maxPixels: 1_199).Start();

        inspection.Push(Claiming(40, 30)).ShouldBeFalse();

        inspection.Complete().ShouldBe(new PictureFinding.Unusable("has 40x30 pixels, more than 0.001199 megapixels"));
    }

    [Fact]
    public void Complete_WhenHeadersLie_SaysDamaged()
    {
        var png = Claiming(40, 30);
        var badChecksum = (byte[])png.Clone();
        badChecksum[17] ^= 1;
        byte[] hugeChunk = [.. png[..33], 0x80, 0, 0, 0, .. "IDAT"u8];
        byte[] shortSegment = [0xFF, 0xD8, 0xFF, 0xE0, 0, 1, .. Jpeg()[2..]];
        var lyingRiff = Webp(Vp8());
        lyingRiff[4] -= 4;
        byte[] notFirst = [.. png[..8], .. Chunk("tEXt", new byte[9]), .. png[8..]];

        foreach (var picture in (byte[][])[
            badChecksum, hugeChunk, shortSegment, lyingRiff, notFirst, Claiming(40, 30, depth: 3), Claiming(40, 30, colour: 5), Claiming(40, 30, depth: 1, colour: 6),
            [.. png[..33], .. Chunk("IEND", [])], Webp(RiffChunk("EXIF", [1, 2]), Vp8()), Webp(Vp8X(0, 41), Vp8()), Webp(Vp8(), Vp8()),
            Claiming(40, 30, extra: [Chunk("acTL", [1])]), Claiming(40, 30, extra: [Ihdr(1, 1)]), Jpeg(components: 2), [0xFF, 0xD8, 0xFF, 0xD8, .. new byte[20]],
            [0xFF, 0xD8, 0xFF, 0xD9, .. new byte[20]], [0xFF, 0xD8, .. Segment(0xDA, new byte[10]), 1, 2],
        ])
        {
            Probing.Reason(picture).ShouldStartWith("is damaged: ");
        }

        Probing.Reason(Jpeg(frame: 0xC3)).ShouldContain("cannot be read");
    }

    private static PictureMetadata Metadata(byte[] picture) => Probing.Facts(picture).Metadata;
}
