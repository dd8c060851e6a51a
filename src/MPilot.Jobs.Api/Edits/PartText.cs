using System.Buffers;
using System.Text;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Reads a text part.</summary>
internal static class PartText
{
    private const int FirstRoom = 4 << 10;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text and the bytes it took; no text where it has more than <paramref name="limit"/> bytes.</summary>
    /// <exception cref="DecoderFallbackException">It is not UTF-8.</exception>
    public static async Task<(string? Text, int Bytes)> ReadAsync(Stream part, int limit, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstRoom);
        try
        {
            var length = 0;
            while (await part.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var count)
            {
                length += count;
                if (length > limit)
                {
                    return (null, length);
                }

                buffer = length == buffer.Length ? Grow(buffer) : buffer;
            }

            return (Strict.GetString(buffer.AsSpan(0, length)), length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
