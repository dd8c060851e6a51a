using System.IO.Compression;

namespace MPilot.Jobs.Imaging.Probe;

/// <summary>
/// Inflates the compressed chunks of a PNG as they stream by, to count what would come of them: decoders hold the whole of it in memory. Nothing of
/// it is kept, and no more is inflated than is allowed.
/// </summary>
internal sealed class InflationMeter
{
    /// <summary>Bytes that all chunks together may become; colour profiles and workflows have a few million at most.</summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>Chunks that may be compressed, each of which costs a decompressor.</summary>
    public const int MaxChunks = 64;

    private Feed? _feed;
    private readonly byte[] _scratch = new byte[8 << 10];
    private ZLibStream? _inflating;
    private long _total;
    private int _chunks;

    /// <summary>Whether it is more than allowed.</summary>
    public bool IsExceeded => _total > MaxBytes || _chunks > MaxChunks;

    /// <summary>A new chunk begins.</summary>
    public void Start()
    {
        Stop();
        var feed = new Feed();
        _chunks++;
        (_feed, _inflating) = IsExceeded ? (null, null) : (feed, Open(feed));
    }

    public void Push(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && _inflating is not null && _feed is not null)
        {
            var taken = _feed.Fill(bytes);
            bytes = bytes[taken..];
            Inflate(_inflating);
        }
    }

    /// <summary>The chunk has ended. An inspection that is given up has no end: the finalizer then frees what little there is.</summary>
    public void Stop()
    {
        _inflating?.Dispose();
        _inflating = null;
    }

    private static ZLibStream Open(Feed feed) => new(feed, CompressionMode.Decompress, leaveOpen: true);

    private void Inflate(ZLibStream stream)
    {
        try
        {
            while (!IsExceeded && stream.Read(_scratch) is > 0 and var count)
            {
                _total += count;
            }
        }
        catch (InvalidDataException)
        {
            // Decoders stop there too.
            Stop();
        }

        if (IsExceeded)
        {
            Stop();
        }
    }

    /// <summary>Hands out what was filled in; then there is nothing, for the time being.</summary>
    private sealed class Feed : MemoryStream
    {
        private readonly byte[] _bytes = new byte[8 << 10];
        private int _at;
        private int _end;

        public int Fill(ReadOnlySpan<byte> bytes)
        {
            var taken = Math.Min(bytes.Length, _bytes.Length);
            bytes[..taken].CopyTo(_bytes);
            (_at, _end) = (0, taken);
            return taken;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var taken = Math.Min(buffer.Length, _end - _at);
            _bytes.AsSpan(_at, taken).CopyTo(buffer);
            _at += taken;
            return taken;
        }
    }
}
