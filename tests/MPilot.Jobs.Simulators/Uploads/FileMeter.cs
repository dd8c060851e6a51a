using System.Buffers;
using System.Security.Cryptography;
using MPilot.Jobs.Simulators.Ledgers;

namespace MPilot.Jobs.Simulators.Uploads;

/// <summary>Counts and hashes a file as it passes, and reads its picture header.</summary>
internal static class FileMeter
{
    private const int BufferBytes = 64 * 1024;
    private const int MaxHeaderBytes = 1024 * 1024;

    public static async Task<PartRecord> MeasureAsync(Stream body, string name, string? fileName, string? contentType, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var filled = 0;
        long length = 0;
        PictureHeader? header = null;
        var searching = true;
        try
        {
            while (await body.ReadAsync(buffer.AsMemory(filled), cancellation) is > 0 and var read)
            {
                hash.AppendData(buffer, filled, read);
                length += read;
                if (!searching) continue;
                filled += read;
                searching = HeaderProbe.TryRead(buffer.AsSpan(0, filled), out header) is false && filled < MaxHeaderBytes;
                if (!searching) filled = 0;
                else if (filled == buffer.Length) buffer = Grow(buffer);
            }
            var sha = Convert.ToHexStringLower(hash.GetHashAndReset());
            return new PartRecord(name, fileName, contentType, length, sha, header?.Width, header?.Height, header?.Format, header?.HasAlpha);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
