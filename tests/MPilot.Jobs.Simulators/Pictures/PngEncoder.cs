using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace MPilot.Jobs.Simulators.Pictures;

/// <summary>PNG whose pixels are two pieces of one deflate stream: the band, written anew, and the rest, kept.</summary>
internal sealed class PngEncoder : IPictureEncoder
{
    private const byte Plain = 0;
    private const byte LikeLeft = 1;
    private const byte LikeAbove = 2;

    public PictureTemplate Prepare(PictureSpec spec)
    {
        var cells = spec.Height / Painting.Cell;
        var rows = new byte[RowsLength(spec, Painting.BandCells, cells)];
        Paint(spec, "", Painting.BandCells, cells, rows);
        var noisy = Math.Clamp((spec.Bytes - 4096) / RowLength(spec), 0, spec.Height - (Painting.BandCells * Painting.Cell));
        Noise.FillRows(rows.AsSpan(rows.Length - (noisy * RowLength(spec))), RowLength(spec), Plain);
        return new PictureTemplate(spec, Chunk("IDAT"u8, Deflate(rows, last: true))) { Seal = Checksums.Adler32(1, rows), SealedLength = rows.Length };
    }

    public RenderedPicture Complete(PictureTemplate template, string label)
    {
        var spec = template.Spec;
        var pooled = ArrayPool<byte>.Shared.Rent(RowsLength(spec, 0, Painting.BandCells));
        var band = pooled.AsSpan(0, RowsLength(spec, 0, Painting.BandCells));
        Paint(spec, label, 0, Painting.BandCells, band);
        byte[] pixels = [0x78, 0x01, .. Deflate(band, last: false)];
        var bandSeal = Checksums.Adler32(1, band);
        ArrayPool<byte>.Shared.Return(pooled);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, spec.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), spec.Height);
        header[8] = 8;
        header[9] = spec.Transparent ? (byte)6 : (byte)2;
        var seal = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(seal, Checksums.CombineAdler32(bandSeal, template.Seal, template.SealedLength));
        return new RenderedPicture(
            [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, pixels)], template, [.. Chunk("IDAT"u8, seal), .. Chunk("IEND"u8, [])]);
    }

    private static int RowLength(PictureSpec spec) => 1 + (spec.Width * Channels(spec));

    private static int Channels(PictureSpec spec) => spec.Transparent ? 4 : 3;

    private static int RowsLength(PictureSpec spec, int fromCell, int toCell) => (toCell - fromCell) * Painting.Cell * RowLength(spec);

    private static void Paint(PictureSpec spec, string label, int fromCell, int toCell, Span<byte> rows)
    {
        var length = RowLength(spec);
        rows.Clear();
        for (var cellY = fromCell; cellY < toCell; cellY++)
        {
            var start = (cellY - fromCell) * Painting.Cell * length;
            PaintRow(spec, label, cellY, rows.Slice(start, length));
            for (var below = 1; below < Painting.Cell; below++) rows[start + (below * length)] = LikeAbove;
        }
    }

    /// <summary>Each pixel as the difference to its left neighbour, so mostly zeros.</summary>
    private static void PaintRow(PictureSpec spec, string label, int cellY, Span<byte> row)
    {
        row[0] = LikeLeft;
        (byte R, byte G, byte B, byte A) left = default;
        for (var cellX = 0; cellX < spec.Width / Painting.Cell; cellX++)
        {
            var colour = Painting.At(spec, label, cellX, cellY);
            var at = 1 + (cellX * Painting.Cell * Channels(spec));
            (row[at], row[at + 1], row[at + 2]) = ((byte)(colour.R - left.R), (byte)(colour.G - left.G), (byte)(colour.B - left.B));
            if (spec.Transparent) row[at + 3] = (byte)(colour.A - left.A);
            left = colour;
        }
    }

    /// <summary>A piece that is not the last ends on a whole byte, with its stream still open.</summary>
    private static byte[] Deflate(ReadOnlySpan<byte> bytes, bool last)
    {
        using var target = new MemoryStream();
        using var deflate = new DeflateStream(target, CompressionLevel.Fastest, leaveOpen: true);
        deflate.Write(bytes);
        if (last) deflate.Dispose();
        else deflate.Flush();
        return target.ToArray();
    }

    private static byte[] Chunk(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> content)
    {
        var frame = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(frame, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), Checksums.Crc32(kind, content));
        return [.. frame.AsSpan(0, 4), .. kind, .. content, .. frame.AsSpan(4)];
    }
}
