namespace MPilot.Jobs.Engine.Imaging;

/// <summary>Looks at one picture as its bytes stream by. Holds a bounded number of bytes whatever the picture.</summary>
public abstract class PictureInspection
{
    /// <summary>Takes the next bytes. Returns false as soon as the picture is known to be unusable: <see cref="Complete"/> then says why.</summary>
    public abstract bool Push(ReadOnlySpan<byte> bytes);

    /// <summary>What was found, once all bytes were pushed or one push returned false.</summary>
    public abstract PictureFinding Complete();
}
