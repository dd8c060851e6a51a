using System.Buffers.Binary;

using MPilot.Jobs.Imaging.Probe;

namespace MPilot.Jobs.Imaging.Stripping;

/// <summary>Keeps the chunks of a PNG that are needed to show it, up to its end.</summary>
internal sealed class PngStripper : Stripper
{
    private const int HeaderLength = 8;
    private const int ChecksumLength = 4;

    private readonly int _orientation;
    private Part _part = Part.Signature;

    public PngStripper(int orientation)
    {
        _orientation = orientation;
        Want(MagicBytes.Png.Length);
    }

    private enum Part
    {
        Signature,
        FirstChunk,
        Chunk,
        End,
    }

    protected override void OnField(ReadOnlySpan<byte> field)
    {
        switch (_part)
        {
            case Part.Signature when field.SequenceEqual(MagicBytes.Png):
                Keep(field);
                Go(Part.FirstChunk, HeaderLength);
                break;
            case Part.FirstChunk when Name(field).SequenceEqual("IHDR"u8):
            case Part.Chunk when !Name(field).SequenceEqual("IEND"u8):
                OnChunk(field);
                break;
            case Part.Chunk when Length(field) == 0:
                Keep(field);
                Go(Part.End, ChecksumLength);
                break;
            case Part.End:
                Keep(field);
                Finish();
                break;
            default:
                GiveUp();
                break;
        }
    }

    protected override void OnPassed()
    {
        if (_part == Part.FirstChunk && _orientation != 1)
        {
            KeepOrientation();
        }

        Go(Part.Chunk, HeaderLength);
    }

    private void OnChunk(ReadOnlySpan<byte> header)
    {
        Keeping = BelongsToPicture(PngChunks.Carried(Name(header)));
        OnPassing(header);
        Pass(Length(header) + ChecksumLength);
    }

    private void KeepOrientation()
    {
        var block = OrientationBlock.Of(_orientation);
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, block.Length);
        Keep(number);
        Keep("eXIf"u8);
        Keep(block);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of("eXIf"u8, block));
        Keep(number);
    }

    private void Go(Part part, int bytes)
    {
        _part = part;
        Want(bytes);
    }

    private static long Length(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32BigEndian(header);

    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> header) => header.Slice(4, 4);
}
