using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Imaging.Probe;

/// <summary>Tells the encoding by its first bytes, then lets that encoding's reader walk the rest.</summary>
internal sealed class StreamedInspection(long maxPixels) : PictureInspection
{
    private const string Expected = "a png, jpeg or webp picture";

    private readonly byte[] _first = new byte[MagicBytes.Needed];
    private int _held;
    private PictureReader? _reader;
    private bool _unknown;

    public override bool Push(ReadOnlySpan<byte> bytes)
    {
        if (_held < _first.Length)
        {
            var taken = Math.Min(_first.Length - _held, bytes.Length);
            bytes[..taken].CopyTo(_first.AsSpan(_held));
            _held += taken;
            bytes = bytes[taken..];
            Recognize();
        }

        _reader?.Push(bytes);
        return !_unknown && _reader?.Refused != true;
    }

    public override PictureFinding Complete()
    {
        if (_reader is not null)
        {
            return _reader.Complete();
        }

        var first = _first.AsSpan(0, _held);
        var other = MagicBytes.NameOther(first);
        return new PictureFinding.Unusable(
            _held == 0 ? "is empty"
            : other is not null ? $"is {other}, not {Expected}"
            : LooksCut(first) ? "is truncated: it ends within its first bytes"
            : $"is not {Expected}");
    }

    private void Recognize()
    {
        if (_held < _first.Length)
        {
            return;
        }

        var first = _first.AsSpan();
        _reader = first.StartsWith(MagicBytes.Png) ? new PngReader(maxPixels)
            : first.StartsWith(MagicBytes.Jpeg) ? new JpegReader(maxPixels)
            : MagicBytes.IsWebp(first) ? new WebpReader(maxPixels)
            : null;
        _unknown = _reader is null;
        _reader?.Push(first);
    }

    private bool LooksCut(ReadOnlySpan<byte> first)
        => _held < MagicBytes.Needed
            && (Agree(first, MagicBytes.Png) || Agree(first, MagicBytes.Jpeg) || Agree(first, "RIFF"u8));

    private static bool Agree(ReadOnlySpan<byte> first, ReadOnlySpan<byte> magic)
    {
        var length = Math.Min(first.Length, magic.Length);
        return first[..length].SequenceEqual(magic[..length]);
    }
}
