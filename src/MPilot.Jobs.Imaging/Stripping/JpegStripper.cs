using System.Buffers.Binary;

using MPilot.Jobs.Imaging.Probe;

namespace MPilot.Jobs.Imaging.Stripping;

/// <summary>Keeps the segments of a JPEG that are needed to show it, and its scans, up to its end.</summary>
internal sealed class JpegStripper : Stripper
{
    private const byte Mark = 0xFF;
    private const byte StartOfPicture = 0xD8;
    private const byte EndOfPicture = 0xD9;
    private const byte StartOfScan = 0xDA;

    private readonly MarkerSearch _search = new();
    private readonly int _orientation;
    private bool _orientationOwed;
    private bool _hasScan;
    private bool _inScan;
    private int _length;
    private byte _marker;
    private Part _part = Part.Start;

    public JpegStripper(int orientation)
    {
        _orientation = orientation;
        _orientationOwed = orientation != 1;
        Want(2);
    }

    private enum Part
    {
        Start,
        Length,
        Name,
    }

    /// <summary>Between segments and in scans: looks for the next marker. What lies between segments is no part of the picture.</summary>
    protected override int Scan(ReadOnlySpan<byte> bytes)
    {
        var taken = _search.Take(bytes, out var before, out var marker);
        KeepScan(bytes[..before]);
        if (marker is { } found)
        {
            OnMarker(found);
        }

        return taken;
    }

    protected override void OnField(ReadOnlySpan<byte> field)
    {
        switch (_part)
        {
            case Part.Start when field.SequenceEqual((ReadOnlySpan<byte>)[Mark, StartOfPicture]):
                Keep(field);
                Want(0);
                break;
            case Part.Start:
                GiveUp();
                break;
            case Part.Length:
                OnLength(BinaryPrimitives.ReadUInt16BigEndian(field) - 2);
                break;
            default:
                OnName(field);
                break;
        }
    }

    private void OnMarker(byte marker)
    {
        switch (marker)
        {
            case 0x00 or 0x01 or (>= 0xD0 and <= 0xD7):
                KeepScan([Mark, marker]);
                break;
            case EndOfPicture when _hasScan:
                Keep([Mark, marker]);
                Finish();
                break;
            case EndOfPicture or StartOfPicture:
                GiveUp();
                break;
            default:
                _marker = marker;
                _part = Part.Length;
                Want(2);
                break;
        }
    }

    private void OnLength(int length)
    {
        if (length < 0)
        {
            GiveUp();
            return;
        }

        _length = length;
        var named = JpegSegments.IsExtra(_marker) ? Math.Min(length, JpegSegments.Needed) : 0;
        if (named == 0)
        {
            OnName([]);
            return;
        }

        _part = Part.Name;
        Want(named);
    }

    private void OnName(ReadOnlySpan<byte> name)
    {
        Keeping = BelongsToPicture(JpegSegments.Carried(_marker, name));
        if (_marker == JpegSegments.FirstApp)
        {
            KeepWithoutThumbnail(name);
        }
        else if (Keeping)
        {
            KeepHeader(_marker, _length);
            Keep(name);
        }

        _inScan = _marker == StartOfScan;
        _hasScan |= _inScan;
        Want(0);
        Pass(_length - name.Length);
    }

    /// <summary>A small picture may follow the header of JFIF, and show what the large one no longer does.</summary>
    private void KeepWithoutThumbnail(ReadOnlySpan<byte> name)
    {
        if (Keeping && name.Length == JpegSegments.Needed)
        {
            KeepHeader(_marker, JpegSegments.Needed);
            Keep(name[..^2]);
            Keep([0, 0]);
        }

        Keeping = false;
    }

    private void KeepHeader(byte marker, int length)
    {
        if (_orientationOwed && marker != JpegSegments.FirstApp)
        {
            // After the header of JFIF, which must be first.
            _orientationOwed = false;
            ReadOnlySpan<byte> block = [.. "Exif\0\0"u8, .. OrientationBlock.Of(_orientation)];
            KeepHeader(JpegSegments.Exif, block.Length);
            Keep(block);
        }

        Span<byte> header = [Mark, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)(length + 2));
        Keep(header);
    }

    private void KeepScan(ReadOnlySpan<byte> bytes)
    {
        if (_inScan)
        {
            Keep(bytes);
        }
    }
}
