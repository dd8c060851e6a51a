namespace MPilot.Jobs.Fuzz;

/// <summary>Hands out bytes in pieces of random length.</summary>
internal sealed class PiecedStream(byte[] bytes, Random random) : MemoryStream(bytes, writable: false)
{
    private const int Longest = 40;

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Piece(buffer.Length)]);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Piece(count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => base.ReadAsync(buffer[..Piece(buffer.Length)], cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => base.ReadAsync(buffer, offset, Piece(count), cancellationToken);

    private int Piece(int most) => Math.Min(most, random.Next(1, Longest));
}
