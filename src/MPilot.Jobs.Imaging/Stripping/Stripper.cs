using System.Buffers;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Imaging.Probe;

namespace MPilot.Jobs.Imaging.Stripping;

/// <summary>Lets a picture's file stream by and keeps what belongs to the picture. Holds what it kept of the last bytes pushed.</summary>
internal abstract class Stripper : StructureReader
{
    private readonly ArrayBufferWriter<byte> _kept = new();

    /// <summary>What was kept of the bytes pushed since this was last taken.</summary>
    public ReadOnlyMemory<byte> Kept => _kept.WrittenMemory;

    /// <summary>Whether the picture came to its proper end.</summary>
    public bool Whole { get; private set; }

    /// <summary>Whether the bytes passed by are kept.</summary>
    protected bool Keeping { get; set; }

    public void Forget() => _kept.ResetWrittenCount();

    protected static bool BelongsToPicture(PictureMetadata carried) => carried is PictureMetadata.None or PictureMetadata.Colour;

    protected override void OnPassing(ReadOnlySpan<byte> bytes)
    {
        if (Keeping)
        {
            Keep(bytes);
        }
    }

    protected virtual void Keep(ReadOnlySpan<byte> bytes) => _kept.Write(bytes);

    protected void Finish()
    {
        Whole = true;
        Ended = true;
    }

    /// <summary>The structure is not that of a picture.</summary>
    protected void GiveUp() => Ended = true;
}
