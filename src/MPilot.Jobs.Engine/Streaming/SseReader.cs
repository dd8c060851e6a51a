using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace MPilot.Jobs.Engine.Streaming;

/// <summary>Reads server-sent events whose data may be of any length: the data of an event is a stream of its own. One event at a time.</summary>
public sealed class SseReader : IAsyncDisposable
{
    private const int MaxLine = 64 << 10;

    private readonly PipeReader _pipe;
    private SseDataStream? _open;

    /// <param name="body">The response body; disposed with the reader.</param>
    public SseReader(Stream body) => _pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 64 << 10));

    /// <summary>The next event that has data, or <c>null</c> at the end of the stream. What was not read of the one before is passed over.</summary>
    /// <exception cref="InvalidDataException">A line that is not data is too long.</exception>
    /// <exception cref="IOException">The connection was lost.</exception>
    public async Task<SseEvent?> NextAsync(CancellationToken cancellationToken)
    {
        if (_open is not null)
        {
            await _open.SkipAsync(cancellationToken);
            _open = null;
        }

        string? name = null;
        while (await FieldAsync(cancellationToken) is { } field)
        {
            if (field == "data")
            {
                _open = new SseDataStream(_pipe);
                return new(name, _open);
            }

            var line = await LineAsync(cancellationToken);
            name = field switch
            {
                "event" => line,
                "" when line.Length == 0 => null,
                _ => name,
            };
        }

        return null;
    }

    public ValueTask DisposeAsync() => _pipe.CompleteAsync();

    /// <summary>The field name of the next line, its colon consumed; empty for a comment or a blank line; <c>null</c> at the end.</summary>
    private async Task<string?> FieldAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await _pipe.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (FindFieldEnd(buffer) is { } end)
            {
                var name = Encoding.UTF8.GetString(buffer.Slice(0, end)).TrimEnd('\r');
                var isColon = buffer.Slice(end).FirstSpan[0] == (byte)':';
                _pipe.AdvanceTo(isColon ? buffer.GetPosition(1, end) : end);
                return name;
            }

            if (result.IsCompleted)
            {
                _pipe.AdvanceTo(buffer.End);
                return null;
            }

            if (buffer.Length > MaxLine)
            {
                throw new InvalidDataException("An event line is too long.");
            }

            _pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static SequencePosition? FindFieldEnd(ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        return reader.TryAdvanceToAny(":\n"u8, advancePastDelimiter: false) ? reader.Position : null;
    }

    private async Task<string> LineAsync(CancellationToken cancellationToken)
    {
        var line = new SseDataStream(_pipe);
        var buffer = ArrayPool<byte>.Shared.Rent(MaxLine);
        try
        {
            var length = await line.ReadAtLeastAsync(buffer.AsMemory(0, MaxLine), MaxLine, throwOnEndOfStream: false, cancellationToken);
            return length < MaxLine
                ? Encoding.UTF8.GetString(buffer, 0, length).TrimEnd('\r')
                : throw new InvalidDataException("An event line is too long.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
