using System.IO.Compression;
using System.Text;

using MPilot.Jobs.Imaging.Probe;

using Shouldly;

using Xunit;

using static MPilot.Jobs.Tests.Kit.HandmadePictures;
using static MPilot.Jobs.Tests.Kit.PngFile;

namespace MPilot.Jobs.Imaging.Tests.Probe;

/// <summary>Pictures made to harm whoever decodes them: refused by what is read of them on the way, or harmless.</summary>
public sealed class HostilePictureTests
{
    private const string TooLargeUnpacked = "has compressed metadata that is too large when it is unpacked";

    private static readonly byte[] Archive = [.. "PK\x3\x4 some file PK\x1\x2 its entry PK\x5\x6\0\0\0\0\x1\0\x1\0"u8];

    [Theory]
    [InlineData("<script>alert(1)</script>", "has an html page in it")]
    [InlineData("<HTML><body onload=x>", "has an html page in it")]
    [InlineData("<!DOCTYPE html>", "has an html page in it")]
    [InlineData("<?php system($_GET[0]); ?>", "has a php script in it")]
    [InlineData("%PDF-1.7\n1 0 obj", "has a pdf in it")]
    [InlineData("PK\u0005\u0006\0\0\0\0\u0001\0", "has a zip archive in it")]
    [InlineData("Rar!\u001a\u0007\u0001\0", "has a rar archive in it")]
    public void Complete_WhenAnotherFileIsInIt_IsRefusedWhereverItIs(string text, string reason)
    {
        byte[] other = [.. new byte[100], .. Encoding.Latin1.GetBytes(text), .. new byte[20]];
        byte[][] pictures =
        [
            [.. Claiming(40, 30), .. other], [.. Jpeg(), .. other], [.. Webp(Vp8()), .. other],
            Claiming(40, 30, extra: Chunk("tEXt", other)), Claiming(40, 30, extra: Chunk("prVt", other)), Claiming(40, 30, extra: Chunk("eXIf", other)),
            Jpeg(extra: Segment(0xFE, other)), Jpeg(extra: Segment(0xE1, other)), Webp(Vp8X(0), Vp8(), RiffChunk("XMP ", other)),
        ];

        foreach (var picture in pictures)
        {
            Probing.Reason(picture).ShouldBe(reason);
            Probing.Find(picture, split: 1).ShouldBe(Probing.Find(picture));
            Probing.Find(picture, split: 7).ShouldBe(Probing.Find(picture));
        }
    }

    [Fact]
    public void Complete_WhenAnArchiveFollows_IsRefused() => Probing.Reason([.. Claiming(40, 30), .. Archive]).ShouldBe("has a zip archive in it");

    /// <summary>Phones do that: motion photographs, gain maps, second lenses.</summary>
    [Fact]
    public void Complete_WhenAVideoOrASecondPictureFollows_IsUsable()
    {
        Probing.Facts([.. Jpeg(), .. "\0\0\0\x18ftypmp42\0\0\0\0mp42isom"u8, .. new byte[5_000]]);
        Probing.Facts([.. Jpeg(), .. Jpeg()]);
        Probing.Facts([.. Jpeg(extra: Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0<?xpacket begin=''?><x:xmpmeta/>"u8])), .. "SEFT"u8]);
    }

    [Theory]
    [InlineData("zTXt", "k\0\0")]
    [InlineData("iCCP", "profile\0\0")]
    [InlineData("iTXt", "k\0\u0001\0en\0k\0")]
    public void Complete_WhenMetadataUnpacksToALot_IsRefused(string chunk, string before)
    {
        byte[] Packed(int length) => Chunk(chunk, [.. Encoding.Latin1.GetBytes(before), .. Zipped(length)]);
        var bomb = Claiming(40, 30, extra: Packed(InflationMeter.MaxBytes + 1));

        Probing.Reason(bomb).ShouldBe(TooLargeUnpacked);
        Probing.Find(bomb, split: 1).ShouldBe(Probing.Find(bomb));
        Probing.Facts(Claiming(40, 30, extra: Packed(InflationMeter.MaxBytes)));
        Probing.Reason(Claiming(40, 30, extra: [Packed(InflationMeter.MaxBytes / 2), Packed((InflationMeter.MaxBytes / 2) + 1)])).ShouldBe(TooLargeUnpacked);
        Probing.Facts(Claiming(40, 30, extra: Chunk(chunk, [.. Encoding.Latin1.GetBytes(before), 1, 2, 3, 4, 5, 6, 7, 8, 9])));
    }

    [Fact]
    public void Complete_WhenCompressedMetadataIsInManyPieces_IsRefused()
    {
        var one = Chunk("zTXt", [.. "k\0\0"u8, .. Zipped(10)]);

        Probing.Facts(Claiming(40, 30, extra: [.. Enumerable.Repeat(one, InflationMeter.MaxChunks)]));
        Probing.Reason(Claiming(40, 30, extra: [.. Enumerable.Repeat(one, InflationMeter.MaxChunks + 1)])).ShouldBe(TooLargeUnpacked);
    }

    [Fact]
    public void Complete_WhenTextIsNotCompressed_IsNotUnpacked()
        => Probing.Facts(Claiming(40, 30, extra: [.. Enumerable.Repeat(Chunk("iTXt", [.. "k\0\0\0en\0k\0plain"u8]), InflationMeter.MaxChunks + 1)]));

    [Fact]
    public void Complete_WhenAJpegHasVeryManyScans_IsRefused()
    {
        byte[] Scans(int count) => [.. Jpeg(frame: 0xC2)[..^2], .. Enumerable.Repeat(Segment(0xDA, [1, 1, 0, 0, 0, 0]), count).SelectMany(s => s), 0xFF, 0xD9];

        Probing.Facts(Scans(63));
        Probing.Reason(Scans(64)).ShouldBe("has more than 64 scans");
    }

    [Fact]
    public void Complete_WhenAChecksumIsWrong_SaysDamaged()
    {
        var palette = Chunk("PLTE", new byte[6]);
        palette[^1] ^= 1;
        var end = Claiming(40, 30);
        end[^1] ^= 1;

        Probing.Reason(Claiming(40, 30, colour: 3, extra: palette)).ShouldBe("is damaged: a checksum is wrong");
        Probing.Reason(end).ShouldBe("is damaged: the checksum of its IEND chunk is wrong");
    }

    [Fact]
    public void Complete_WhenAChunkMustBeUnderstood_SaysDamaged()
        => Probing.Reason(Claiming(40, 30, extra: Chunk("CgBI", new byte[4]))).ShouldBe("is damaged: it has a chunk that must be understood and is not known");

    [Fact]
    public void Complete_WhenExifIsHugeOrGoesInCircles_IsUsable()
    {
        byte[] circle = [.. "MM\0*"u8, .. Big(8), 0, 2, 0x87, 0x69, 0, 4, .. Big(1), .. Big(8), 0x87, 0x69, 0, 4, .. Big(1), .. Big(8), .. Big(8)];

        Probing.Facts(Claiming(40, 30, extra: Chunk("eXIf", circle))).Orientation.ShouldBe(1);
        Probing.Facts(Jpeg(extra: Segment(0xE1, [.. "Exif\0\0"u8, .. circle]))).Orientation.ShouldBe(1);
        Probing.Facts(Claiming(40, 30, extra: Chunk("eXIf", [.. "MM\0*"u8, .. Big(8), 0xFF, 0xFF, .. new byte[3_000_000]]))).Orientation.ShouldBe(1);
    }

    private static byte[] Zipped(int length)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZLibStream(bytes, CompressionLevel.Fastest))
        {
            zip.Write(new byte[length]);
        }

        return bytes.ToArray();
    }
}
