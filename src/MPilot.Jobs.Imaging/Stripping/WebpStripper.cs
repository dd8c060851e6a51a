using System.Buffers.Binary;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Imaging.Probe;

namespace MPilot.Jobs.Imaging.Stripping;

/// <summary>Keeps the chunks of a WebP that are needed to show it. Its length stands at its beginning: the first stripper of a picture only counts,
/// the <see cref="Second"/> knows.</summary>
internal sealed class WebpStripper : Stripper
{
    private const int RiffHeader = 12;
    private const int ChunkHeader = 8;
    private const int ExtendedLength = 10;
    private const byte AlphaFlag = 0x10;
    private const byte ExifFlag = 0x08;
    private const byte ProfileAndAlpha = 0x30;

    private readonly PictureFacts _facts;
    private readonly uint _stated;
    private readonly bool _extends;
    private uint _kept;
    private bool _isExtended;
    private bool _hasPixels;
    private bool _padOwed;
    private long _remaining;
    private long _length;
    private Part _part = Part.Riff;

    public WebpStripper(PictureFacts facts)
        : this(facts, stated: 0, extends: false)
    {
    }

    private WebpStripper(PictureFacts facts, uint stated, bool extends)
    {
        _facts = facts;
        _stated = stated;
        _extends = extends;
        Want(RiffHeader);
    }

    private enum Part
    {
        Riff,
        Chunk,
        Extended,
    }

    private bool IsTurned => _facts.Orientation != 1;

    /// <summary>A stripper for the same bytes that states the length found by this one. A turned picture gets the chunk that says that there is EXIF.</summary>
    public WebpStripper Second()
    {
        var extends = IsTurned && !_isExtended;
        return new(_facts, _kept - ChunkHeader + (extends ? ChunkHeader + ExtendedLength : 0u), extends);
    }

    protected override void Keep(ReadOnlySpan<byte> bytes)
    {
        _kept += (uint)bytes.Length;
        base.Keep(bytes);
    }

    protected override void OnField(ReadOnlySpan<byte> field)
    {
        switch (_part)
        {
            case Part.Riff when MagicBytes.IsWebp(field):
                OnRiff(field);
                break;
            case Part.Riff:
                GiveUp();
                break;
            case Part.Extended:
                KeepExtended(field);
                PassPayload(field.Length);
                break;
            default:
                OnChunk(field);
                break;
        }
    }

    protected override void OnPassed()
    {
        if (_padOwed)
        {
            Keep([0]);
        }

        _padOwed = false;
        if (_remaining == 0 && _hasPixels)
        {
            KeepOrientation();
            Finish();
        }
        else if (_remaining < ChunkHeader)
        {
            GiveUp();
        }
    }

    private void OnRiff(ReadOnlySpan<byte> field)
    {
        _remaining = BinaryPrimitives.ReadUInt32LittleEndian(field[4..]) - 4L;
        Keep("RIFF"u8);
        KeepNumber(_stated);
        Keep("WEBP"u8);
        if (_extends)
        {
            KeepChunkHeader("VP8X"u8, ExtendedLength);
            Span<byte> chunk = stackalloc byte[ExtendedLength];
            chunk[0] = _facts.HasAlpha ? AlphaFlag : (byte)0;
            BinaryPrimitives.WriteInt32LittleEndian(chunk[4..], _facts.Stored.Width - 1);
            BinaryPrimitives.WriteUInt16LittleEndian(chunk[7..], (ushort)(_facts.Stored.Height - 1));
            KeepExtended(chunk);
        }

        Go(Part.Chunk, ChunkHeader);
    }

    private void OnChunk(ReadOnlySpan<byte> chunk)
    {
        var name = chunk[..4];
        _remaining -= ChunkHeader;
        _length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        if (_length > _remaining)
        {
            GiveUp();
            return;
        }

        _hasPixels |= name.SequenceEqual("VP8 "u8) || name.SequenceEqual("VP8L"u8);
        Keeping = BelongsToPicture(WebpChunks.Carried(name));
        OnPassing(chunk);
        if (name.SequenceEqual("VP8X"u8) && _length >= ExtendedLength)
        {
            _isExtended = true;
            Go(Part.Extended, ExtendedLength);
            return;
        }

        PassPayload(0);
    }

    /// <summary>The chunk of flags and size, its flags telling only of what is kept.</summary>
    private void KeepExtended(ReadOnlySpan<byte> chunk)
    {
        Keep([(byte)((chunk[0] & ProfileAndAlpha) | (IsTurned ? ExifFlag : 0))]);
        Keep(chunk[1..]);
    }

    private void PassPayload(int alreadyRead)
    {
        var isOdd = (_length & 1) == 1;
        var padded = Math.Min(_length + (isOdd ? 1 : 0), _remaining);

        // Some writers leave the very last pad byte out.
        _padOwed = Keeping && isOdd && padded == _length;
        _remaining -= padded;
        Go(Part.Chunk, ChunkHeader);
        Pass(padded - alreadyRead);
    }

    private void KeepOrientation()
    {
        if (IsTurned)
        {
            var block = OrientationBlock.Of(_facts.Orientation);
            KeepChunkHeader("EXIF"u8, (uint)block.Length);
            Keep(block);
        }
    }

    private void KeepChunkHeader(ReadOnlySpan<byte> name, uint length)
    {
        Keep(name);
        KeepNumber(length);
    }

    private void KeepNumber(uint value)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(number, value);
        Keep(number);
    }

    private void Go(Part part, int bytes)
    {
        _part = part;
        Want(bytes);
    }
}
