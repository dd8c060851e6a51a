namespace MPilot.Jobs.Engine.Tests.Streaming;

/// <summary>Gives its bytes in pieces of the lengths asked for, then ends or fails.</summary>
public sealed class PiecewiseStream(byte[] bytes, Func<int> nextLength, Exception? end = null) : Stream
{
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

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

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
