using System.IO.Compression;
using System.Text;

using static MPilot.Jobs.EndToEnd.Tests.Hostile.RequestWriter;
using static MPilot.Jobs.Tests.Kit.HandmadePictures;
using static MPilot.Jobs.Tests.Kit.PngFile;

namespace MPilot.Jobs.EndToEnd.Tests.Hostile;

/// <summary>Files that are no pictures, pictures that lie, and pictures that harm whoever decodes them.</summary>
internal static class HostilePictures
{
    private const int Bomb = 32 << 20;

    public static IEnumerable<HostileInput> All(RequestWriter writer)
        => Other().Concat(Lying()).Concat(Packed()).Concat(Carrying()).Concat(Cut())
            .Select(p => new HostileInput($"picture {p.Name}", writer.Form(Text("model", "openai/gpt-image-2"), Text("prompt", "p"), File("image", p.Bytes))))
            .Concat(Undecodable().Select(p => new HostileInput(
                $"pixels {p.Name}", writer.Form(Text("model", "openai/gpt-image-2"), Text("prompt", "p"), Text("type", "inpainting"), File("image", p.Bytes)))))
            .Concat(Masks().Select(p => new HostileInput($"mask {p.Name}", writer.FormWith([File("mask", p.Bytes), .. p.More]))));

    /// <summary>Other kinds of file, by their first bytes.</summary>
    private static IEnumerable<(string Name, byte[] Bytes)> Other()
        => new (string Name, string Text)[]
        {
            ("svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), ("svg after a bom", "\u00EF\u00BB\u00BF  <svg/>"), ("xml", "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><svg>&y;</svg>"),
            ("html", "<!doctype html><script>1</script>"), ("gif", "GIF89a\u0001\0\u0001\0\0\0\0;"), ("tiff", "II*\0\b\0\0\0\0\0\0\0\0\0"), ("big tiff", "MM\0+\0\b\0\0\0\0\0\0\0\u0010"), ("bmp", "BM\0\0\0\0\0\0\0\0\0\0\0\0"),
            ("ico", "\0\0\u0001\0\u0001\0\u0010\u0010\0\0\0\0"), ("cur", "\0\0\u0002\0\u0001\0\u0010\u0010\0\0\0\0"), ("pdf", "%PDF-1.7\n1 0 obj"), ("avif", "\0\0\0\u001cftypavif\0\0\0\0"), ("heic", "\0\0\0\u001cftypheic\0\0\0\0"),
            ("mp4", "\0\0\0\u001cftypisom\0\0\0\0"), ("jpeg xl", "\u00FF\n\0\0\0\0\0\0\0\0\0\0"), ("jpeg 2000", "\u00FFO\u00FFQ\0\0\0\0\0\0\0\0"), ("psd", "8BPS\0\u0001\0\0\0\0\0\0\0\u0003"), ("zip", "PK\u0003\u0004\0\0\0\0\0\0\0\0\0\0"),
            ("gzip", "\u001F\u008B\b\0\0\0\0\0\0\0\0\0"), ("wav", "RIFF\u0010\0\0\0WAVEfmt "), ("elf", "\u007FELF\u0002\u0001\u0001\0\0\0\0\0\0"), ("a script", "#!/bin/sh\nrm -rf /\n"), ("php", "<?php system($_GET[0]);"),
            ("postscript", "%!PS-Adobe-3.0\n(%pipe%id) (w) file"), ("mvg", "push graphic-context\nimage over 0,0 0,0 'https://127.0.0.1/'"), ("a path", "/etc/passwd"), ("one byte", "x"),
        }.Select(f => (f.Name, Encoding.Latin1.GetBytes(f.Text)));

    /// <summary>Headers that say what is not so.</summary>
    private static IEnumerable<(string Name, byte[] Bytes)> Lying()
    {
        var checksum = Claiming(40, 30);
        checksum[17] ^= 1;
        var end = Claiming(40, 30);
        end[^1] ^= 1;
        var riff = Webp(Vp8());
        riff[4] = 0xFF;
        return
        [
            ("png of 50,000 x 50,000", Claiming(50_000, 50_000)), ("png of 65,535 x 1", Claiming(65_535, 1_000)), ("png of 2^32-1", Claiming(uint.MaxValue, uint.MaxValue)), ("png of 2^31", Claiming(1u << 31, 1)),
            ("png of 0 x 30", Claiming(0, 30)), ("png of 40 x 0", Claiming(40, 0)), ("png of depth 3", Claiming(40, 30, depth: 3)), ("png of colour 5", Claiming(40, 30, colour: 5)), ("png of wrong checksum", checksum),
            ("png of wrong end", end), ("png of two headers", Claiming(40, 30, extra: Ihdr(1, 1))), ("png without pixels", [.. HeaderOnly(40, 30), .. Chunk("IEND", [])]),
            ("png of a chunk of 2^31", [.. HeaderOnly(40, 30), 0x80, 0, 0, 0, .. "IDAT"u8]), ("png of a chunk of 2^31-1", [.. HeaderOnly(40, 30), 0x7F, 0xFF, 0xFF, 0xFF, .. "IDAT"u8, .. new byte[500]]),
            ("png of unknown chunks", Claiming(40, 30, extra: Chunk("EVIL", [1]))), ("png of unnamed chunks", Claiming(40, 30, extra: Chunk("\0\0\0\0", [1]))), ("apng", Claiming(40, 30, extra: Chunk("acTL", [.. Big(9_999), .. Big(0)]))),
            ("jpeg of 0 lines", Jpeg(height: 0)), ("jpeg of 65,535 x 65,535", Jpeg(65_535, 65_535)), ("jpeg of 2 components", Jpeg(components: 2)), ("jpeg of two frames", Jpeg(extra: Segment(0xC0, [8, 0, 1, 0, 1, 1, 0, 0, 0]))),
            ("lossless jpeg", Jpeg(frame: 0xC3)), ("jpeg in a jpeg", [0xFF, 0xD8, .. Jpeg()]), ("jpeg of a short segment", [0xFF, 0xD8, 0xFF, 0xE0, 0, 1, .. Jpeg()[2..]]), ("jpeg of nothing", [0xFF, 0xD8, 0xFF, 0xD9, .. new byte[40]]),
            ("jpeg of 2,000 scans", [.. Jpeg(frame: 0xC2)[..^2], .. Enumerable.Repeat(Segment(0xDA, [1, 1, 0, 0, 0, 0]), 2_000).SelectMany(s => s), 0xFF, 0xD9]),
            ("webp of 16,383 x 16,383", Webp(Vp8X(0, 16_383, 16_383), Vp8(16_383, 16_383))), ("webp of a wrong length", riff), ("webp of two sizes", Webp(Vp8X(0, 41), Vp8())), ("webp of two pictures", Webp(Vp8(), Vp8())),
            ("webp of no pixels", Webp(Vp8X(0))), ("animated webp", Webp(Vp8X(2), RiffChunk("ANIM", new byte[6]))), ("webp of 0 x 30", Webp(Vp8(width: 0))), ("webp of metadata first", Webp(RiffChunk("EXIF", [1, 2]), Vp8())),
        ];
    }

    /// <summary>A few kilobytes that become many megabytes.</summary>
    private static IEnumerable<(string Name, byte[] Bytes)> Packed()
    {
        var bomb = Zipped(Bomb);
        return
        [
            ("zTXt bomb", Claiming(40, 30, extra: Chunk("zTXt", [.. "k\0\0"u8, .. bomb]))), ("iCCP bomb", Claiming(40, 30, extra: Chunk("iCCP", [.. "k\0\0"u8, .. bomb]))),
            ("iTXt bomb", Claiming(40, 30, extra: Chunk("iTXt", [.. "k\0\x1\0\0\0"u8, .. bomb]))), ("many small bombs", Claiming(40, 30, extra: [.. Enumerable.Repeat(Chunk("zTXt", [.. "k\0\0"u8, .. Zipped(1 << 20)]), 40)])),
            ("very many chunks", Claiming(40, 30, extra: [.. Enumerable.Repeat(Chunk("zTXt", [.. "k\0\0"u8, .. Zipped(1)]), 10_000)])),
        ];
    }

    /// <summary>Pictures that are something else besides.</summary>
    private static IEnumerable<(string Name, byte[] Bytes)> Carrying()
        => new[] { "<script>alert(1)</script>", "<html><body onload=1>", "<?php system($_GET[0]); ?>", "PK\u0005\u0006\0\0\0\0\u0001\0\u0001\0", "%PDF-1.7\n" }
            .Select(t => Encoding.Latin1.GetBytes(t))
            .SelectMany(other => new (string Name, byte[] Bytes)[]
            {
                ($"png and then {Shown(other)}", [.. Picture, .. other]), ($"jpeg and then {Shown(other)}", [.. Jpeg(), .. other]), ($"webp and then {Shown(other)}", [.. Webp(Vp8()), .. other]),
                ($"png with {Shown(other)}", Claiming(40, 30, extra: Chunk("tEXt", [.. "k\0"u8, .. other]))), ($"jpeg with {Shown(other)}", Jpeg(extra: Segment(0xFE, other))),
            });

    private static IEnumerable<(string Name, byte[] Bytes)> Cut()
        => new[] { ("png", Picture), ("jpeg", Jpeg()), ("webp", Webp(Vp8())) }
            .SelectMany(p => new[] { 4, 12, 20, p.Item2.Length / 2, p.Item2.Length - 1 }.Select(length => ($"{p.Item1} cut at {length}", p.Item2[..length])));

    /// <summary>Their headers are in order, what follows is not.</summary>
    private static IEnumerable<(string Name, byte[] Bytes)> Undecodable() =>
    [
        ("too few", Claiming(1_000, 1_000, colour: Rgba)), ("too few of 49 megapixels", Claiming(7_000, 7_000, colour: Rgba)), ("of noise", [.. HeaderOnly(40, 30), .. Chunk("IDAT", [.. Enumerable.Repeat((byte)0x5A, 900)]), .. Chunk("IEND", [])]),
        ("none", [.. HeaderOnly(40, 30), .. Chunk("IDAT", []), .. Chunk("IEND", [])]), ("of another checksum", Spoiled(Picture)), ("webp of nothing", Webp(Vp8L(alpha: true))), ("webp alpha of nothing", Webp(Vp8X(0x10), RiffChunk("ALPH", [1]), Vp8())),
        ("a palette without one", Claiming(40, 30, colour: 3, extra: Chunk("tRNS", [0]))),
    ];

    private static IEnumerable<(string Name, byte[] Bytes, byte[][] More)> Masks() =>
    [
        ("of another size", Jobs.Tests.Kit.Png.Gradient(17, 16), []), ("that is opaque", Picture, []), ("that is an svg", [.. "<svg xmlns='http://www.w3.org/2000/svg'/>"u8], []), ("without alpha", Claiming(16, 16), []),
        ("that cannot be decoded", Claiming(16, 16, colour: Rgba), []), ("jpeg that cannot be decoded", Jpeg(16, 16), [Text("mask_polarity", "white")]), ("bomb", Claiming(50_000, 50_000), []),
    ];

    private static byte[] Spoiled(byte[] picture)
    {
        var spoiled = (byte[])picture.Clone();
        spoiled[spoiled.Length / 2] ^= 0x55;
        return spoiled;
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

    private static string Shown(byte[] other) => Encoding.Latin1.GetString(other)[..5].Replace("\u0005\u0006", "..", StringComparison.Ordinal);
}
