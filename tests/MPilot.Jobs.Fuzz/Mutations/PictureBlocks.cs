using System.Buffers.Binary;
using System.Globalization;
using System.Text;

using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Fuzz.Mutations;

/// <summary>Takes good pictures apart into blocks, and puts blocks together with lengths and checksums that are right.</summary>
internal static class PictureBlocks
{
    private const int RiffHeader = 12;

    public static List<Block> Split(byte[] picture) => picture[0] switch
    {
        0x89 => [.. Png(picture)],
        0xFF => [.. Jpeg(picture)],
        _ => [.. Webp(picture)],
    };

    /// <param name="like">A picture of that encoding.</param>
    /// <param name="blocks">Its blocks, changed.</param>
    public static byte[] Join(byte[] like, IEnumerable<Block> blocks) => like[0] switch
    {
        0x89 => [.. like[..8], .. blocks.SelectMany(b => PngFile.Chunk(b.Name, b.Payload))],
        0xFF => [0xFF, 0xD8, .. blocks.SelectMany(Segment), 0xFF, 0xD9],
        _ => HandmadePictures.Webp([.. blocks.Select(b => HandmadePictures.RiffChunk(b.Name, b.Payload))]),
    };

    private static IEnumerable<Block> Png(byte[] picture)
    {
        for (var at = 8; at < picture.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(at));
            yield return new(Encoding.ASCII.GetString(picture, at + 4, 4), picture[(at + 8)..(at + 8 + length)], []);
            at += length + 12;
        }
    }

    private static IEnumerable<Block> Webp(byte[] picture)
    {
        for (var at = RiffHeader; at < picture.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(picture.AsSpan(at + 4));
            yield return new(Encoding.ASCII.GetString(picture, at, 4), picture[(at + 8)..(at + 8 + length)], []);
            at += length + (length & 1) + 8;
        }
    }

    private static IEnumerable<Block> Jpeg(byte[] picture)
    {
        for (var at = 2; at < picture.Length - 2;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(picture.AsSpan(at + 2));
            var end = at + 2 + length;
            var next = end;
            while (picture[next] != 0xFF || picture[next + 1] is 0 or (>= 0xD0 and <= 0xD7) or 0xFF)
            {
                next++;
            }

            yield return new(picture[at + 1].ToString(CultureInfo.InvariantCulture), picture[(at + 4)..end], picture[end..next]);
            at = next;
        }
    }

    private static byte[] Segment(Block block)
        => [.. HandmadePictures.Segment(byte.Parse(block.Name, CultureInfo.InvariantCulture), block.Payload), .. block.Rest];
}
