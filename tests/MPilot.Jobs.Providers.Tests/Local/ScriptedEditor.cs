using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Providers.Tests.Local;

/// <summary>An editor that answers with given bytes, and remembers what it was asked.</summary>
internal sealed class ScriptedEditor : IPictureEditor
{
    public string? Unavailable { get; set; }

    public byte[] Answer { get; set; } = [0x89, 1, 2, 3];

    public bool Undecodable { get; set; }

    public PictureEncoding? Encoding { get; private set; }

    public byte[]? Source { get; private set; }

    public async Task RemoveBackgroundAsync(
        Func<CancellationToken, ValueTask<Stream>> source, PictureFacts facts, PictureEncoding encoding,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
    {
        Encoding = encoding;
        await using var stream = await source(cancellationToken);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, cancellationToken);
        Source = read.ToArray();
        await target(Answer.AsMemory(0, 1), cancellationToken);
        if (Undecodable)
        {
            throw new PictureUndecodableException("damaged");
        }

        await target(Answer.AsMemory(1), cancellationToken);
    }
}
