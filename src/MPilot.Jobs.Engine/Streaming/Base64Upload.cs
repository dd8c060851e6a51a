using System.Buffers;

using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Engine.Streaming;

/// <summary>Base64 text, with or without a <c>data:…,</c> prefix, on its way into an upload. Pieces may be split anywhere.</summary>
/// <param name="upload">Takes the decoded bytes; disposed with this unless it is taken.</param>
/// <param name="maxLength">Most decoded bytes.</param>
public sealed class Base64Upload(PictureUpload upload, long maxLength) : IAsyncDisposable
{
    private readonly SpilledPicture _picture = new(upload, maxLength);

    /// <summary>More bytes came than a picture may have; nothing more need be sent.</summary>
    public bool IsTooLarge => _picture.IsTooLarge;

    /// <summary>Takes the next piece.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        var decoded = ArrayPool<byte>.Shared.Rent(SpilledPicture.DecodedLength(text.Length));
        try
        {
            var written = _picture.DecodePlain(text.Span, decoded);
            await _picture.WriteAsync(decoded.AsMemory(0, written), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(decoded);
        }
    }

    /// <summary>Ends the text and hands the upload over; <c>null</c> if the text was no base64.</summary>
    public async ValueTask<PictureUpload?> TakeAsync(CancellationToken cancellationToken)
    {
        var rest = new byte[SpilledPicture.DecodedLength(0)];
        var written = _picture.End(rest);
        await _picture.WriteAsync(rest.AsMemory(0, written), cancellationToken);
        return _picture.Take();
    }

    public ValueTask DisposeAsync() => _picture.DisposeAsync();
}
