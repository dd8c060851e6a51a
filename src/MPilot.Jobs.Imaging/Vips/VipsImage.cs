using System.Runtime.InteropServices;

using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Imaging.Vips;

/// <summary>An image of libvips: a recipe until its pixels are asked for, unless it was rendered.</summary>
internal sealed class VipsImage : SafeHandle
{
    public VipsImage(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    public int Width => VipsNative.Width(this);

    public int Height => VipsNative.Height(this);

    public PictureSize Size => new(Width, Height);

    public int Bands => VipsNative.Bands(this);

    public int Interpretation => VipsNative.Interpretation(this);

    public bool HasAlpha => VipsNative.HasAlpha(this) != 0;

    public bool Has(string field) => VipsNative.TypeOfField(this, field) != 0;

    /// <summary>The same image once more, to be disposed of by itself.</summary>
    public VipsImage Again() => new(VipsNative.Ref(handle));

    /// <summary>Computes all pixels into native memory.</summary>
    /// <exception cref="VipsException">They cannot be computed.</exception>
    public VipsImage Render()
    {
        var rendered = VipsNative.CopyToMemory(this);
        return rendered == 0 ? throw VipsException.Last("decode the pixels") : new(rendered);
    }

    /// <summary>The pixels of a rendered image of one byte a channel, row after row; valid while the image lives.</summary>
    public unsafe PixelRows Rows() => new(VipsNative.Pixels(this), Width, Height, Bands);

    protected override bool ReleaseHandle()
    {
        VipsNative.Unref(handle);
        return true;
    }
}
