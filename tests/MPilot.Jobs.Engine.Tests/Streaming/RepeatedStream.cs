namespace MPilot.Jobs.Engine.Tests.Streaming;

/// <summary>A head, one block again and again, a tail: answers of any length without their memory.</summary>
public sealed class RepeatedStream(byte[] head, byte[] block, long times, byte[] tail) : ForwardStream
{
    private byte[] _current = head;
    private int _position;
    private long _left = times;
    private bool _tailGiven;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == _current.Length && !Next())
        {
            return new(0);
        }

        var length = Math.Min(buffer.Length, _current.Length - _position);
        _current.AsSpan(_position, length).CopyTo(buffer.Span);
        _position += length;
        return new(length);
    }

    private bool Next()
    {
        _position = 0;
        if (_left-- > 0)
        {
            _current = block;
            return true;
        }

        _current = tail;
        var give = !_tailGiven && tail.Length > 0;
        _tailGiven = true;
        _position = give ? 0 : _current.Length;
        return give;
    }
}
