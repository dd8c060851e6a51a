using System.Security.Cryptography;
using MPilot.Jobs.Simulators.Ledgers;

namespace MPilot.Jobs.Simulators.Uploads;

/// <summary>Counts and hashes a file as it passes, and reads its picture header.</summary>
internal static class FileMeter
{
    private const int BufferBytes = 64 * 1024;
    private const int MaxHeaderBytes = 1024 * 1024;

    public static async Task<PartRecord> MeasureAsync(Stream body, string name, string? fileName, string? contentType, UploadShelf shelf, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = new PooledBytes(BufferBytes);
        long length = 0;
        PictureHeader? header = null;
        var searching = true;
        var kept = shelf.Begin();
        try
        {
            while (await body.ReadAsync(head.Free, cancellation) is > 0 and var read)
            {
                hash.AppendData(head.Free.Span[..read]);
                kept?.Write(head.Free.Span[..read]);
                length += read;
                if (!searching) continue;
                head.Add(read);
                searching = !HeaderProbe.TryRead(head.Written, out header) && head.Length < MaxHeaderBytes;
                if (!searching) head.Clear();
            }
            var sha = Convert.ToHexStringLower(hash.GetHashAndReset());
            shelf.Add(sha, kept);
            return new PartRecord(name, fileName, contentType, length, sha, header?.Width, header?.Height, header?.Format, header?.HasAlpha);
        }
        finally
        {
            head.Return();
        }
    }
}
