namespace MPilot.Jobs.Engine.Tests.Streaming;

/// <summary>Gives its bytes in pieces of the lengths asked for, then ends or fails.</summary>
public sealed class PiecewiseStream(byte[] bytes, Func<int> nextLength, Exception? end = null) : ForwardStream
{
    private int _position;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_position == bytes.Length && end is not null)
        {
            throw end;
        }

        var length = Math.Min(Math.Min(buffer.Length, bytes.Length - _position), Math.Max(1, nextLength()));
        bytes.AsSpan(_position, length).CopyTo(buffer.Span);
        _position += length;
        return new(length);
    }
}
