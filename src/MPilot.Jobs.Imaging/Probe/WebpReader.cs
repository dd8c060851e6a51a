using System.Buffers.Binary;
using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Imaging.Probe;

/// <summary>Reads the chunks of a WebP: VP8, VP8L, VP8X, ALPH and EXIF, whose lengths must fill the RIFF length exactly.</summary>
internal sealed class WebpReader : PictureReader
{
    private const int RiffHeader = 12;
    private const int ChunkHeader = 8;
    private const byte AnimationFlag = 0x02;
    private const byte AlphaFlag = 0x10;

    private readonly ExifReader _exif = new();
    private long _remaining;
    private long _length;
    private bool _hasPixels;
    private bool _first = true;
    private bool _inExif;
    private bool _inPrivate;
    private Part _part = Part.Riff;

    public WebpReader(long maxPixels)
        : base(PictureFormat.Webp, maxPixels) => Want(RiffHeader);

    private enum Part
    {
        Riff,
        Chunk,
        Lossy,
        Lossless,
        Extended,
    }

    protected override int Orientation => _exif.Orientation ?? 1;

    protected override void OnField(ReadOnlySpan<byte> field)
    {
        switch (_part)
        {
            case Part.Riff:
                OnRiff(BinaryPrimitives.ReadUInt32LittleEndian(field[4..]));
                break;
            case Part.Lossy:
                OnLossy(field);
                break;
            case Part.Lossless:
                OnLossless(field);
                break;
            case Part.Extended:
                OnExtended(field);
                break;
            default:
                OnChunk(field);
                break;
        }
    }

    protected override void OnPassing(ReadOnlySpan<byte> bytes)
    {
        if (_inExif)
        {
            _exif.Push(bytes);
        }

        if (_inPrivate)
        {
            SearchPrivate(bytes);
        }
    }

    protected override void OnPassed()
    {
        (_inExif, _inPrivate) = (false, false);
        RefuseForeign();
        if (Refused)
        {
            return;
        }

        if (_remaining == 0 && _hasPixels)
        {
            Finish();
        }
        else if (_remaining < ChunkHeader)
        {
            RefuseDamaged("its RIFF length is wrong or it holds no pixels");
        }
    }

    private void OnRiff(uint length)
    {
        _remaining = (long)length - 4;
        if (_remaining < ChunkHeader || length > int.MaxValue)
        {
            RefuseDamaged("its RIFF length is impossible");
            return;
        }

        Go(Part.Chunk, ChunkHeader);
    }

    private void OnChunk(ReadOnlySpan<byte> chunk)
    {
        _remaining -= ChunkHeader;
        _length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        Metadata |= WebpChunks.Carried(chunk[..4]);
        var first = _first;
        _first = false;
        if (_length > _remaining)
        {
            RefuseDamaged("a chunk is longer than the file states to be");
        }
        else if (chunk.StartsWith("VP8 "u8))
        {
            OnPixels(Part.Lossy, 10);
        }
        else if (chunk.StartsWith("VP8L"u8))
        {
            OnPixels(Part.Lossless, 5);
        }
        else if (chunk.StartsWith("VP8X"u8) && first && _length >= 10)
        {
            Go(Part.Extended, 10);
        }
        else if (chunk.StartsWith("ANIM"u8) || chunk.StartsWith("ANMF"u8))
        {
            RefuseFrames();
        }
        else if (first)
        {
            RefuseDamaged("its first chunk holds neither pixels nor a size");
        }
        else
        {
            HasAlpha |= chunk.StartsWith("ALPH"u8);
            _inExif = chunk.StartsWith("EXIF"u8) && _exif.Orientation is null;
            _inPrivate = WebpChunks.Carried(chunk[..4]) == PictureMetadata.Private;
            BeginPrivate();
            PassPayload(0);
        }
    }

    private void OnPixels(Part part, int headerLength)
    {
        if (_hasPixels || _length < headerLength)
        {
            RefuseDamaged("it holds two pictures or none");
            return;
        }

        _hasPixels = true;
        Go(part, headerLength);
    }

    private void OnLossy(ReadOnlySpan<byte> field)
    {
        var isKeyFrame = (field[0] & 1) == 0;
        if (!isKeyFrame || !field[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]))
        {
            RefuseDamaged("its VP8 header is wrong");
        }
        else if (Measure(
            BinaryPrimitives.ReadUInt16LittleEndian(field[6..]) & 0x3FFFu, BinaryPrimitives.ReadUInt16LittleEndian(field[8..]) & 0x3FFFu))
        {
            PassPayload(field.Length);
        }
    }

    private void OnLossless(ReadOnlySpan<byte> field)
    {
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(field[1..]);
        if (field[0] != 0x2F || bits >> 29 != 0)
        {
            RefuseDamaged("its VP8L header is wrong");
            return;
        }

        HasAlpha |= (bits >> 28 & 1) != 0;
        if (Measure((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        {
            PassPayload(field.Length);
        }
    }

    private void OnExtended(ReadOnlySpan<byte> field)
    {
        if ((field[0] & AnimationFlag) != 0)
        {
            RefuseFrames();
            return;
        }

        HasAlpha |= (field[0] & AlphaFlag) != 0;
        if (Measure(Side(field[4..]), Side(field[7..])))
        {
            PassPayload(field.Length);
        }
    }

    private void PassPayload(int alreadyRead)
    {
        // Chunks are padded to an even length; some writers leave the very last pad byte out of the RIFF length.
        var padded = Math.Min(_length + (_length & 1), _remaining);
        _remaining -= padded;
        Go(Part.Chunk, ChunkHeader);
        Pass(padded - alreadyRead);
    }

    private void Go(Part part, int bytes)
    {
        _part = part;
        Want(bytes);
    }

    private static uint Side(ReadOnlySpan<byte> at) => (at[0] | (uint)at[1] << 8 | (uint)at[2] << 16) + 1;
}
