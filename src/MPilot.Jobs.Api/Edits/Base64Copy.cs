using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.IO.Pipelines;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Writes a stream as base64, chunk by chunk.</summary>
internal static class Base64Copy
{
    /// <summary>A multiple of three, so that only the last chunk is padded.</summary>
    private const int ChunkSize = 48 << 10;

    public static async Task WriteAsync(Stream source, PipeWriter target, CancellationToken cancellationToken)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            int count;
            do
            {
                count = await source.ReadAtLeastAsync(chunk.AsMemory(0, ChunkSize), ChunkSize, throwOnEndOfStream: false, cancellationToken);
                Encode(chunk.AsSpan(0, count), target);
                await target.FlushAsync(cancellationToken);
            }
            while (count == ChunkSize);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static void Encode(ReadOnlySpan<byte> bytes, PipeWriter target)
    {
        var room = target.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        var status = Base64.EncodeToUtf8(bytes, room, out _, out var written);
        Debug.Assert(status == OperationStatus.Done, "The room was measured for the bytes.");
        target.Advance(written);
    }
}
