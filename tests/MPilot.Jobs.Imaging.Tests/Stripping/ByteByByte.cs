namespace MPilot.Jobs.Imaging.Tests.Stripping;

/// <summary>A stream that hands out one byte at a time.</summary>
internal sealed class ByteByByte(byte[] bytes) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
}
