using System.Buffers;
using System.IO.Pipelines;

namespace MPilot.Jobs.Engine.Streaming;

/// <summary>The rest of one line of an event stream, without the space after the colon and the line's end. However long, it is never held as a whole.</summary>
public sealed class SseDataStream : Stream
{
    private readonly PipeReader _pipe;
    private bool _begun;
    private bool _ended;

    internal SseDataStream(PipeReader pipe) => _pipe = pipe;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_ended)
        {
            var result = await _pipe.ReadAsync(cancellationToken);
            var available = result.Buffer;
            if (available.IsEmpty)
            {
                _ended = result.IsCompleted;
                _pipe.AdvanceTo(available.End);
                continue;
            }

            var count = Take(available, buffer.Span);
            if (count > 0)
            {
                return count;
            }
        }

        return 0;
    }

    /// <summary>Whether the data starts with a text; nothing is consumed. Only before the first read.</summary>
    public async Task<bool> StartsWithAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        var result = await _pipe.ReadAtLeastAsync(text.Length + 1, cancellationToken);
        var start = result.Buffer.Slice(0, Math.Min(text.Length + 1, result.Buffer.Length)).ToArray().AsSpan();
        _pipe.AdvanceTo(result.Buffer.Start);
        return (start.Length > 0 && start[0] == (byte)' ' ? start[1..] : start).StartsWith(text.Span);
    }

    /// <summary>Passes over what was not read.</summary>
    internal async Task SkipAsync(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            while (await ReadAsync(buffer, cancellationToken) > 0)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Take(ReadOnlySequence<byte> available, Span<byte> target)
    {
        var span = available.FirstSpan;
        var skipped = !_begun && span[0] == (byte)' ' ? 1 : 0;
        _begun = true;
        span = span[skipped..];
        var line = span.IndexOf((byte)'\n');
        var count = Math.Min(target.Length, line < 0 ? span.Length : line);
        span[..count].CopyTo(target);
        _ended = line == count;
        _pipe.AdvanceTo(available.GetPosition(skipped + count + (_ended ? 1 : 0)));
        return count;
    }
}
