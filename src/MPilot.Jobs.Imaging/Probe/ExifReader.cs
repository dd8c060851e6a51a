using System.Buffers.Binary;

namespace MPilot.Jobs.Imaging.Probe;

/// <summary>Finds the orientation in an EXIF block as it streams by. What cannot be read counts as upright: viewers do the same.</summary>
internal sealed class ExifReader : StructureReader
{
    private const ushort OrientationTag = 0x0112;
    private const ushort ShortType = 3;

    private readonly byte[] _header = new byte[8];
    private Part _part = Part.Prefix;
    private bool _bigEndian;
    private int _entries;

    public ExifReader() => Want(6);

    private enum Part
    {
        Prefix,
        HeaderRest,
        Header,
        Count,
        Entry,
    }

    /// <summary>1..8 once found.</summary>
    public int? Orientation { get; private set; }

    protected override void OnField(ReadOnlySpan<byte> field)
    {
        switch (_part)
        {
            case Part.Prefix when field.SequenceEqual("Exif\0\0"u8):
                Go(Part.Header, 8);
                break;
            case Part.Prefix:
                field.CopyTo(_header);
                Go(Part.HeaderRest, 2);
                break;
            case Part.HeaderRest:
                field.CopyTo(_header.AsSpan(6));
                OnHeader(_header);
                break;
            case Part.Header:
                OnHeader(field);
                break;
            case Part.Count:
                _entries = Short(field);
                NextEntry();
                break;
            default:
                OnEntry(field);
                break;
        }
    }

    private void OnHeader(ReadOnlySpan<byte> header)
    {
        _bigEndian = header[0] == (byte)'M';
        var directory = Int(header[4..]);
        var known = header.StartsWith("II*\0"u8) || header.StartsWith("MM\0*"u8);
        if (!known || directory < 8)
        {
            Ended = true;
            return;
        }

        Go(Part.Count, 2);
        Pass(directory - 8);
    }

    private void OnEntry(ReadOnlySpan<byte> entry)
    {
        if (Short(entry) != OrientationTag)
        {
            NextEntry();
            return;
        }

        var value = Short(entry[8..]);
        if (Short(entry[2..]) == ShortType && Int(entry[4..]) == 1 && value is >= 1 and <= 8)
        {
            Orientation = value;
        }

        Ended = true;
    }

    private void NextEntry()
    {
        Ended = _entries-- <= 0;
        Go(Part.Entry, 12);
    }

    private void Go(Part part, int bytes)
    {
        _part = part;
        Want(bytes);
    }

    private ushort Short(ReadOnlySpan<byte> at)
        => _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at);

    private uint Int(ReadOnlySpan<byte> at)
        => _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);
}
