using System.Globalization;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Imaging.Probe;

/// <summary>Reads the structure of one picture encoding.</summary>
internal abstract class PictureReader(PictureFormat format, long maxPixels) : StructureReader
{
    /// <summary>The longest side that can be asked for anywhere in the service.</summary>
    private const uint MaxSide = 65535;

    private readonly ForeignFileSearch _foreign = new();
    private bool _inTail;
    private string? _refusal;

    /// <summary>Whether the picture is known to be unusable.</summary>
    public bool Refused => _refusal is not null;

    protected PictureSize? Size { get; private set; }

    protected bool HasAlpha { get; set; }

    /// <summary>What was met of metadata so far.</summary>
    protected PictureMetadata Metadata { get; set; }

    /// <summary>Whether the structure came to its proper end.</summary>
    protected bool Whole { get; private set; }

    protected abstract int Orientation { get; }

    public PictureFinding Complete()
    {
        if (_refusal is null && !(Whole && Size is not null))
        {
            Refuse($"is truncated: its {Name} structure does not end");
        }

        // What follows the end shows nothing, and may be nearly anything.
        var metadata = Metadata | (HasTail ? PictureMetadata.Private : PictureMetadata.None);
        return _refusal is null
            ? new PictureFinding.Usable(new(format, Size!.Value, Frames: 1, HasAlpha, Orientation) { Metadata = metadata })
            : new PictureFinding.Unusable(_refusal);
    }

    protected void Refuse(string reason)
    {
        _refusal ??= reason;
        Ended = true;
    }

    protected void RefuseDamaged(string what) => Refuse($"is damaged: {what}");

    protected void RefuseFrames() => Refuse("has more than one frame");

    protected void Finish()
    {
        Whole = true;
        Ended = true;
    }

    protected override void OnTail(ReadOnlySpan<byte> bytes)
    {
        if (!Whole || Refused)
        {
            return;
        }

        if (!_inTail)
        {
            _inTail = true;
            _foreign.Restart();
        }

        SearchPrivate(bytes);
        RefuseForeign();
    }

    /// <summary>A block of metadata begins that belongs to nobody's picture.</summary>
    protected void BeginPrivate() => _foreign.Restart();

    /// <summary>Looks through the bytes of such a block.</summary>
    protected void SearchPrivate(ReadOnlySpan<byte> bytes) => _foreign.Push(bytes);

    /// <summary>Refuses the picture if another kind of file was found in the blocks so far.</summary>
    protected void RefuseForeign()
    {
        if (_foreign.Found is { } found)
        {
            Refuse($"has {found} in it");
        }
    }

    /// <summary>Takes the size, or refuses it.</summary>
    protected bool Measure(uint width, uint height)
    {
        if (width == 0 || height == 0)
        {
            Refuse("has a width or height of 0");
        }
        else if (width > MaxSide || height > MaxSide)
        {
            Refuse(Invariant($"has a side longer than {MaxSide} pixels"));
        }
        else if ((long)width * height > maxPixels)
        {
            Refuse(Invariant($"has {width}x{height} pixels, more than {maxPixels / 1e6:0.######} megapixels"));
        }
        else if (Size is not null && Size != new PictureSize((int)width, (int)height))
        {
            RefuseDamaged("it states two different sizes");
        }
        else
        {
            Size = new((int)width, (int)height);
        }

        return !Refused;
    }

    private string Name => format switch
    {
        PictureFormat.Png => "png",
        PictureFormat.Jpeg => "jpeg",
        _ => "webp",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
