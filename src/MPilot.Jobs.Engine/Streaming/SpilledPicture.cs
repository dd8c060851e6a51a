using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Engine.Streaming;

/// <summary>One string of an answer on its way into an upload.</summary>
internal sealed class SpilledPicture(PictureUpload upload) : IAsyncDisposable
{
    private PictureUpload? _upload = upload;
    private JsonStringBytes _text;
    private Base64Text _base64;
    private bool _wanted = true;

    /// <summary>The closing quote was met.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>More than <see cref="JsonSpill.MaxPicture"/> bytes.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>How many bytes <see cref="Decode"/> needs for raw bytes of some length.</summary>
    public static int DecodedLength(int rawLength) => Base64Text.MaxDecodedLength(rawLength);

    /// <summary>Takes raw bytes of the string, up to and with its closing quote; returns how many.</summary>
    public int Decode(ReadOnlySpan<byte> raw, Span<byte> decoded, out int written)
    {
        written = 0;
        var rest = raw;
        while (!rest.IsEmpty && !IsEnded)
        {
            var plain = _text.Next(ref rest, out var ended);
            IsEnded = ended;
            if (_wanted)
            {
                written += _base64.Push(plain, decoded[written..]);
            }
        }

        if (IsEnded && _wanted)
        {
            written += _base64.Complete(decoded[written..]);
        }

        return raw.Length - rest.Length;
    }

    /// <summary>Hands on what was decoded.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> decoded, CancellationToken cancellationToken)
    {
        if (_base64.IsInvalid)
        {
            _wanted = false;
            await DisposeAsync();
        }

        if (!_wanted || decoded.IsEmpty || _upload is null)
        {
            return;
        }

        IsTooLarge = _upload.Length + decoded.Length > JsonSpill.MaxPicture;
        _wanted = !IsTooLarge && await _upload.WriteAsync(decoded, cancellationToken);
    }

    /// <summary>Hands the upload over, once; <c>null</c> if the string was no base64.</summary>
    public PictureUpload? Take()
    {
        var taken = IsEnded ? _upload : null;
        _upload = IsEnded ? null : _upload;
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        var left = _upload;
        _upload = null;
        if (left is not null)
        {
            await left.DisposeAsync();
        }
    }
}
