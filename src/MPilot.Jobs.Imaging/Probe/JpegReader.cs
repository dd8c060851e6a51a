using System.Buffers.Binary;
using System.Globalization;
using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Imaging.Probe;

/// <summary>Reads the markers of a JPEG: the frame header and Exif; passes by other segments and scans in bulk.</summary>
internal sealed class JpegReader : PictureReader
{
    private const byte StartOfPicture = 0xD8;
    private const byte EndOfPicture = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const int FrameFields = 6;

    /// <summary>Encoders make about ten; each has every decoder go over the whole picture again.</summary>
    private const int MaxScans = 64;

    private readonly MarkerSearch _search = new();
    private ExifReader _exif = new();
    private int _scans;
    private bool _inExif;
    private bool _inPrivate;
    private byte _marker;
    private int _frameRest;
    private int _segmentRest;
    private Part _part = Part.Start;

    public JpegReader(long maxPixels)
        : base(PictureFormat.Jpeg, maxPixels) => Want(2);

    private enum Part
    {
        Start,
        Length,
        Frame,
        Name,
    }

    protected override int Orientation => _exif.Orientation ?? 1;

    /// <summary>Between segments and in scans.</summary>
    protected override int Scan(ReadOnlySpan<byte> bytes)
    {
        var taken = _search.Take(bytes, out _, out var marker);
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
            case Part.Start:
                Want(0);
                break;
            case Part.Length:
                OnLength(BinaryPrimitives.ReadUInt16BigEndian(field));
                break;
            case Part.Name:
                OnName(field);
                break;
            default:
                OnFrame(field);
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
    }

    private void OnMarker(byte marker)
    {
        switch (marker)
        {
            case 0x00 or 0x01 or (>= 0xD0 and <= 0xD7):
                break;
            case EndOfPicture when _scans > 0:
                Finish();
                break;
            case EndOfPicture:
                RefuseDamaged("it ends before its pixels");
                break;
            case StartOfPicture:
                RefuseDamaged("a second picture starts inside it");
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
        if (length < 2)
        {
            RefuseDamaged("a segment states an impossible length");
        }
        else if (IsFrame(_marker))
        {
            OnFrameLength(length);
        }
        else if (_marker == StartOfScan && Size is null)
        {
            RefuseDamaged("its pixels come before its size");
        }
        else if (_marker == StartOfScan && ++_scans > MaxScans)
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"has more than {MaxScans} scans"));
        }
        else
        {
            OnSegmentLength(length - 2);
        }
    }

    private void OnSegmentLength(int length)
    {
        if (!JpegSegments.IsExtra(_marker))
        {
            PassSegment(length);
            return;
        }

        _inExif = _marker == JpegSegments.Exif && _exif.Orientation is null;
        _exif = _inExif ? new() : _exif;
        var named = Math.Min(length, JpegSegments.Needed);
        _segmentRest = length - named;
        _part = Part.Name;
        if (named == 0)
        {
            OnName([]);
            return;
        }

        Want(named);
    }

    private void OnName(ReadOnlySpan<byte> name)
    {
        var carried = JpegSegments.Carried(_marker, name);
        Metadata |= carried;
        _inPrivate = carried == PictureMetadata.Private;
        BeginPrivate();
        OnPassing(name);
        PassSegment(_segmentRest);
    }

    private void OnFrameLength(int length)
    {
        if (_marker is not (0xC0 or 0xC1 or 0xC2 or 0xC9 or 0xCA))
        {
            Refuse("uses a kind of jpeg that cannot be read (lossless or hierarchical)");
        }
        else if (Size is not null || length < 2 + FrameFields)
        {
            RefuseDamaged("its frame header is wrong");
        }
        else
        {
            _part = Part.Frame;
            _frameRest = length - 2 - FrameFields;
            Want(FrameFields);
        }
    }

    private void OnFrame(ReadOnlySpan<byte> frame)
    {
        var (depth, components) = (frame[0], frame[5]);
        if (depth != 8)
        {
            Refuse("uses a kind of jpeg that cannot be read (other than 8 bits a channel)");
        }
        else if (components is not (1 or 3 or 4) || _frameRest != 3 * components)
        {
            RefuseDamaged("its frame header is wrong");
        }
        else if (Measure(BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), BinaryPrimitives.ReadUInt16BigEndian(frame[1..])))
        {
            PassSegment(_frameRest);
        }
    }

    private void PassSegment(int length)
    {
        Want(0);
        Pass(length);
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
