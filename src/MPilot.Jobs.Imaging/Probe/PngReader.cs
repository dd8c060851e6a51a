using System.Buffers.Binary;
using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Imaging.Probe;

/// <summary>Reads the chunks of a PNG: IHDR with its checksum, acTL, tRNS, eXIf; passes by all others in bulk, noting their names.</summary>
internal sealed class PngReader : PictureReader
{
    private const int HeaderLength = 13;
    private const int ChecksumLength = 4;

    private static readonly byte[] EndChecksum = [0xAE, 0x42, 0x60, 0x82];

    private readonly ExifReader _exif = new();
    private readonly InflationMeter _inflation = new();
    private readonly CompressedChunk _compressed;
    private readonly PngChecksum _checksum = new();
    private Part _part = Part.Signature;
    private bool _hasPixels;
    private long _length;
    private bool _inExif;
    private bool _inPrivate;
    private bool _isCompressed;
    private bool _isChecked;

    public PngReader(long maxPixels)
        : base(PictureFormat.Png, maxPixels)
    {
        _compressed = new(_inflation);
        Want(MagicBytes.Png.Length);
    }

    private enum Part
    {
        Signature,
        FirstChunk,
        Header,
        Chunk,
        Frames,
        End,
    }

    protected override int Orientation => _exif.Orientation ?? 1;

    protected override void OnField(ReadOnlySpan<byte> field)
    {
        switch (_part)
        {
            case Part.Signature:
                Go(Part.FirstChunk, 8);
                break;
            case Part.FirstChunk when Length(field) == HeaderLength && Is(field, "IHDR"u8):
                Go(Part.Header, HeaderLength + ChecksumLength);
                break;
            case Part.FirstChunk:
                RefuseDamaged("its IHDR chunk is not first or has a wrong length");
                break;
            case Part.Header:
                OnHeader(field);
                break;
            case Part.Frames:
                OnFrames(field);
                break;
            case Part.End when field.SequenceEqual(EndChecksum):
                Finish();
                break;
            case Part.End:
                RefuseDamaged("the checksum of its IEND chunk is wrong");
                break;
            default:
                OnChunk(field);
                break;
        }
    }

    protected override void OnPassing(ReadOnlySpan<byte> bytes)
    {
        // The block's checksum follows it and is no part of it.
        var payload = bytes[..(int)Math.Min(bytes.Length, _length)];
        _length -= payload.Length;
        if (_isChecked)
        {
            _checksum.Push(payload);
            _checksum.Expect(bytes[payload.Length..]);
        }

        if (_inExif)
        {
            _exif.Push(payload);
        }

        if (_inPrivate)
        {
            SearchPrivate(payload);
        }

        if (_isCompressed)
        {
            _compressed.Push(payload);
        }
    }

    protected override void OnPassed()
    {
        _inflation.Stop();
        RefuseForeign();
        if (_inflation.IsExceeded)
        {
            Refuse("has compressed metadata that is too large when it is unpacked");
        }
        else if (_isChecked && !_checksum.Fits)
        {
            RefuseDamaged("a checksum is wrong");
        }

        _inExif = _inPrivate = _isCompressed = _isChecked = false;
    }

    private void OnHeader(ReadOnlySpan<byte> field)
    {
        var header = field[..HeaderLength];
        if (Crc32.Of("IHDR"u8, header) != BinaryPrimitives.ReadUInt32BigEndian(field[HeaderLength..]))
        {
            RefuseDamaged("the checksum of its IHDR chunk is wrong");
            return;
        }

        var (depth, colour) = (header[8], header[9]);
        if (!IsKnown(depth, colour) || header[10] != 0 || header[11] != 0 || header[12] > 1)
        {
            RefuseDamaged("its IHDR chunk has values png does not know");
            return;
        }

        HasAlpha = colour is 4 or 6;
        if (Measure(BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..])))
        {
            Go(Part.Chunk, 8);
        }
    }

    private void OnChunk(ReadOnlySpan<byte> field)
    {
        _length = Length(field);
        Metadata |= PngChunks.Carried(field.Slice(4, 4));
        if (_length > int.MaxValue)
        {
            RefuseDamaged("a chunk states an impossible length");
        }
        else if (!IsName(field[4..]) || Is(field, "IHDR"u8))
        {
            RefuseDamaged("its chunks are out of order");
        }
        else if (IsCritical(field.Slice(4, 4)) && !IsUnderstood(field))
        {
            RefuseDamaged("it has a chunk that must be understood and is not known");
        }
        else if (Is(field, "IEND"u8))
        {
            OnEnd();
        }
        else if (Is(field, "acTL"u8) && !_hasPixels)
        {
            OnFramesLength();
        }
        else
        {
            PassChunk(field, field.Slice(4, 4));
        }
    }

    private void OnEnd()
    {
        if (_length != 0 || !_hasPixels)
        {
            RefuseDamaged("it holds no pixels or its IEND chunk is not empty");
            return;
        }

        Go(Part.End, ChecksumLength);
    }

    private void OnFramesLength()
    {
        if (_length != 8)
        {
            RefuseDamaged("its acTL chunk has a wrong length");
            return;
        }

        Go(Part.Frames, 8 + ChecksumLength);
    }

    private void OnFrames(ReadOnlySpan<byte> field)
    {
        if (BinaryPrimitives.ReadUInt32BigEndian(field) > 1)
        {
            RefuseFrames();
        }
        else
        {
            Go(Part.Chunk, 8);
        }
    }

    private void PassChunk(ReadOnlySpan<byte> header, ReadOnlySpan<byte> name)
    {
        HasAlpha |= Is(header, "tRNS"u8) && !_hasPixels;
        _hasPixels |= Is(header, "IDAT"u8);
        _inExif = Is(header, "eXIf"u8) && _exif.Orientation is null;
        _inPrivate = PngChunks.Carried(name) == PictureMetadata.Private;
        _isCompressed = CompressedChunk.Is(name);
        _isChecked = IsCritical(name) && !Is(header, "IDAT"u8);
        BeginPrivate();
        _compressed.Start(name);
        _checksum.Start(name);
        Go(Part.Chunk, 8);
        Pass(_length + ChecksumLength);
    }

    private static bool IsUnderstood(ReadOnlySpan<byte> chunk) => Is(chunk, "PLTE"u8) || Is(chunk, "IDAT"u8) || Is(chunk, "IEND"u8);

    /// <summary>Decoders give up over a wrong checksum of these; that of pixels they check themselves, as part of the work.</summary>
    private static bool IsCritical(ReadOnlySpan<byte> name) => (name[0] & 0x20) == 0;

    private void Go(Part part, int bytes)
    {
        _part = part;
        Want(bytes);
    }

    private static long Length(ReadOnlySpan<byte> chunk) => BinaryPrimitives.ReadUInt32BigEndian(chunk);

    private static bool Is(ReadOnlySpan<byte> chunk, ReadOnlySpan<byte> name) => chunk.Slice(4, 4).SequenceEqual(name);

    private static bool IsName(ReadOnlySpan<byte> name)
        => char.IsAsciiLetter((char)name[0]) && char.IsAsciiLetter((char)name[1]) && char.IsAsciiLetter((char)name[2]) && char.IsAsciiLetter((char)name[3]);

    private static bool IsKnown(byte depth, byte colour) => colour switch
    {
        0 => depth is 1 or 2 or 4 or 8 or 16,
        3 => depth is 1 or 2 or 4 or 8,
        2 or 4 or 6 => depth is 8 or 16,
        _ => false,
    };
}
