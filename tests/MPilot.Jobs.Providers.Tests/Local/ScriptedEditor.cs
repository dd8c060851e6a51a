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

    /// <summary>What it was asked to do.</summary>
    public string? Asked { get; private set; }

    public byte[]? Mask { get; private set; }

    public MaskPolarity? Polarity { get; private set; }

    /// <summary>Why the next edit cannot be made.</summary>
    public string? Impossible { get; set; }

    public Task RemoveBackgroundAsync(
        Func<CancellationToken, ValueTask<Stream>> source, PictureFacts facts, PictureEncoding encoding,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
        => AnswerAsync("removal", new(source, facts), encoding, target, cancellationToken);

    public async Task InpaintAsync(
        PictureInput source, MaskInput mask, PictureEncoding encoding,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
    {
        (Mask, Polarity) = (await ReadAsync(mask.Picture, cancellationToken), mask.Polarity);
        await AnswerAsync("inpainting", source, encoding, target, cancellationToken);
    }

    public Task OutpaintAsync(
        PictureInput source, PictureSize size, PictureEncoding encoding,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
        => AnswerAsync($"outpainting to {size}", source, encoding, target, cancellationToken);

    private async Task AnswerAsync(
        string asked, PictureInput source, PictureEncoding encoding,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
    {
        (Asked, Encoding) = (asked, encoding);
        Source = await ReadAsync(source, cancellationToken);
        await target(Answer.AsMemory(0, 1), cancellationToken);
        if (Undecodable)
        {
            throw new PictureUndecodableException("damaged");
        }

        if (Impossible is not null)
        {
            throw new EditImpossibleException(Impossible);
        }

        await target(Answer.AsMemory(1), cancellationToken);
    }

    private static async Task<byte[]> ReadAsync(PictureInput picture, CancellationToken cancellationToken)
    {
        await using var stream = await picture.OpenAsync(cancellationToken);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, cancellationToken);
        return read.ToArray();
    }
}
