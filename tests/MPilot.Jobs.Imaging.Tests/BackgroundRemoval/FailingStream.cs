namespace MPilot.Jobs.Imaging.Tests.BackgroundRemoval;

internal sealed class FailingStream : MemoryStream
{
    public const string Message = "the disk is gone";

    public override int Read(Span<byte> buffer) => throw new IOException(Message);
}
