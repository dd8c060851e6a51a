using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MPilot.Jobs.Hosting.Tests.Support;

/// <summary>Just enough of PNG: whether a picture of 8 bits a channel has alpha, and how opaque its first pixel is.</summary>
internal static class PngAlpha
{
    private const byte RgbAlpha = 6;

    /// <summary>Alpha of the top left pixel, or <c>null</c> where the picture has no alpha.</summary>
    public static async Task<byte?> CornerAsync(string file)
    {
        var png = await File.ReadAllBytesAsync(file);
        byte[] signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        if (!png.AsSpan().StartsWith(signature))
        {
            throw new InvalidDataException("It is not a PNG.");
        }

        using var pixels = new MemoryStream();
        byte depth = 0, colours = 0;
        for (var at = signature.Length; at < png.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));
            var body = png.AsSpan(at + 8, length);
            switch (Encoding.ASCII.GetString(png, at + 4, 4))
            {
                case "IHDR":
                    (depth, colours) = (body[8], body[9]);
                    break;
                case "IDAT":
                    pixels.Write(body);
                    break;
            }

            at += length + 12;
        }

        if (depth != 8 || colours != RgbAlpha)
        {
            return null;
        }

        // One byte names the filter of the row; for the first pixel of the first row every filter means the bytes themselves.
        pixels.Position = 0;
        await using var inflated = new ZLibStream(pixels, CompressionMode.Decompress);
        var first = new byte[5];
        await inflated.ReadExactlyAsync(first);
        return first[4];
    }
}
