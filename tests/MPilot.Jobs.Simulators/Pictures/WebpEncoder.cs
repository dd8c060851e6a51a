using System.Buffers.Binary;

namespace MPilot.Jobs.Simulators.Pictures;

/// <summary>Lossless WebP with codes of fixed length, so that the band always takes the same bits and what follows it can be kept.</summary>
internal sealed class WebpEncoder : IPictureEncoder
{
    private const int FrameBytes = 20;

    public PictureTemplate Prepare(PictureSpec spec)
    {
        var band = Begin(spec, "");
        var bits = new WebpBits(skip: band.Length % 8);
        var rows = spec.Height / Painting.Cell;
        var noisyBytesInRow = spec.Width * Painting.Cell * 25 / 8;
        var noisyFrom = rows - Math.Clamp((spec.Bytes - 4096) / noisyBytesInRow, 0, rows - Painting.BandCells);
        var noise = new Noise();
        for (var row = Painting.BandCells; row < rows; row++)
        {
            if (row >= noisyFrom) WriteNoise(bits, spec, noise);
            else WriteRow(bits, spec, "", row);
        }
        var body = bits.ToArray();
        // The two pieces may meet inside a byte. The band ends in copies, the same for every label, so the kept piece can hold all of that byte.
        if (band.Length % 8 != 0) body[0] |= band.ToArray()[^1];
        return new PictureTemplate(spec, body);
    }

    public RenderedPicture Complete(PictureTemplate template, string label)
    {
        var band = Begin(template.Spec, label);
        var own = band.ToArray()[..(band.Length / 8)];
        var size = own.Length + template.Body.Length;
        var frame = new byte[FrameBytes];
        "RIFF"u8.CopyTo(frame);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), 12 + size + (size % 2));
        "WEBPVP8L"u8.CopyTo(frame.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(16), size);
        return new RenderedPicture([.. frame, .. own], template, size % 2 == 1 ? [0] : []);
    }

    private static WebpBits Begin(PictureSpec spec, string label)
    {
        var bits = new WebpBits(skip: 0);
        WebpCodes.WriteHeader(bits, spec.Width, spec.Height, spec.Transparent);
        for (var row = 0; row < Painting.BandCells; row++) WriteRow(bits, spec, label, row);
        return bits;
    }

    /// <summary>A pixel and seven copies of it for each cell, then seven copies of the row.</summary>
    private static void WriteRow(WebpBits bits, PictureSpec spec, string label, int row)
    {
        for (var column = 0; column < spec.Width / Painting.Cell; column++)
        {
            var (r, g, b, a) = Painting.At(spec, label, column, row);
            WebpCodes.WritePixel(bits, (r, g, b), spec.Transparent ? a : null);
            WebpCodes.WriteCopy(bits, Painting.Cell - 1, fromLeft: true);
        }
        WebpCodes.WriteCopy(bits, spec.Width * (Painting.Cell - 1), fromLeft: false);
    }

    private static void WriteNoise(WebpBits bits, PictureSpec spec, Noise noise)
    {
        for (var pixel = 0; pixel < spec.Width * Painting.Cell; pixel++)
        {
            var value = noise.Next();
            WebpCodes.WritePixel(bits, ((byte)value, (byte)(value >> 8), (byte)(value >> 16)), spec.Transparent ? (byte)255 : null);
        }
    }
}
