using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace MPilot.Jobs.Storage.AzureBlob;

/// <summary>
/// Reads a blob in one download, from the beginning or from wherever it was last told to go. A download that breaks is taken up where it was by the
/// library, a few times; what fails after that is an <see cref="IOException"/>, as of a file.
/// </summary>
internal sealed class BlobStream : Stream
{
    private readonly BlobBaseClient _blob;
    private readonly BlobRequestConditions _same;
    private Stream? _body;
    private long _position;

    /// <param name="blob">Whose bytes they are.</param>
    /// <param name="whole">A download from its beginning.</param>
    public BlobStream(BlobBaseClient blob, BlobDownloadStreamingResult whole)
    {
        _blob = blob;
        _same = new() { IfMatch = whole.Details.ETag };
        _body = whole.Content;
        Length = whole.Details.ContentLength;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            if (value != _position)
            {
                Close(ref _body);
                _position = value;
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (IsAtEnd)
        {
            return 0;
        }

        try
        {
            _body ??= _blob.DownloadStreaming(Rest()).Value.Content;
            return Advance(_body.Read(buffer), buffer.Length);
        }
        catch (Exception error) when (BlobErrors.IsUnavailable(error, CancellationToken.None))
        {
            throw Broken(error);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsAtEnd)
        {
            return 0;
        }

        try
        {
            _body ??= (await _blob.DownloadStreamingAsync(Rest(), cancellationToken)).Value.Content;
            return Advance(await _body.ReadAsync(buffer, cancellationToken), buffer.Length);
        }
        catch (Exception error) when (BlobErrors.IsUnavailable(error, cancellationToken))
        {
            throw Broken(error);
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Current => _position,
        SeekOrigin.End => Length,
        _ => 0,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close(ref _body);
        }

        base.Dispose(disposing);
    }

    private bool IsAtEnd => _position >= Length;

    private BlobDownloadOptions Rest() => new() { Range = new HttpRange(_position), Conditions = _same };

    private int Advance(int read, int asked)
    {
        _position += read;
        return read > 0 || asked == 0 ? read : throw new EndOfStreamException("A blob ended before its end.");
    }

    /// <summary>Whoever reads on begins a new download.</summary>
    private IOException Broken(Exception error)
    {
        Close(ref _body);
        return new("A blob could not be read to its end.", error);
    }

    private static void Close(ref Stream? body)
    {
        body?.Dispose();
        body = null;
    }
}
