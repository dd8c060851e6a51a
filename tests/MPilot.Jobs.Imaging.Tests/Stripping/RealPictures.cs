using System.Buffers.Binary;

using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Tests.Stripping;

/// <summary>Pictures as libvips writes them, with a colour profile.</summary>
internal static class RealPictures
{
    /// <summary>In a wide colour space, so that the pixels mean something else without the profile.</summary>
    public static byte[] WithProfile(Pixels pixels, string format)
    {
        var png = pixels.Png();
        using var image = PictureDecoder.Decode(new MemoryStream(png), Probing.Facts(png), CancellationToken.None);
        using var bytes = new MemoryStream();
        using var target = new VipsTarget(
            (piece, _) =>
            {
                bytes.Write(piece.Span);
                return default;
            },
            CancellationToken.None);
        new VipsOperation($"{format}save_target").With("in", image).With("profile", "p3").WithObject("target", target.Handle).Run();
        target.Flush();
        return bytes.ToArray();
    }

    /// <summary>All bytes of the profile in a file of one of the encodings, as they are stored.</summary>
    public static byte[] Profile(byte[] file)
    {
        var at = new[] { "iCCP", "ICC_PROFILE", "ICCP" }.Select(name => file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(name))).Max();
        var length = file[0] switch
        {
            0x89 => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at - 4)) + 4,
            0xFF => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at - 2)) - 2,
            _ => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4)) + 8,
        };
        return file.AsSpan(at, length).ToArray();
    }
}
