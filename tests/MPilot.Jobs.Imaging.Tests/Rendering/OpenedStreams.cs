using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Imaging.Tests.Rendering;

/// <summary>Counts the streams that are open.</summary>
internal sealed class OpenedStreams
{
    public int Open { get; private set; }

    public int Ever { get; private set; }

    public PictureInput Input(byte[] picture, byte[]? header = null)
        => new(
            _ =>
            {
                Open++;
                Ever++;
                return new(new Counted(this, picture));
            },
            Probing.Facts(header ?? picture));

    private sealed class Counted(OpenedStreams all, byte[] bytes) : MemoryStream(bytes)
    {
        private bool _closed;

        protected override void Dispose(bool disposing)
        {
            all.Open -= _closed ? 0 : 1;
            _closed = true;
            base.Dispose(disposing);
        }
    }
}
