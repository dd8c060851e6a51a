using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>Draws nothing: hands bytes on as they are, behind a word that says what was wanted, and remembers it.</summary>
public sealed class RecordingRenderer : IPictureRenderer
{
    private readonly Lock _gate = new();
    private readonly List<object> _drawn = [];

    public string? Unavailable { get; set; }

    /// <summary>What is said of every picture put back.</summary>
    public MaskDrift Drift { get; set; } = new(0.5, 12);

    /// <summary>Thrown by the next drawing.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The renderings wanted, in order.</summary>
    public IReadOnlyList<object> Drawn
    {
        get
        {
            lock (_gate)
            {
                return [.. _drawn];
            }
        }
    }

    public Task<StrengthRange> MeasureAsync(EditArea area, CancellationToken cancellationToken) => Task.FromResult(new StrengthRange(0, 255));

    public Task RenderSourceAsync(
        PictureInput source, SourceRendering rendering, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
        => CopyAsync("source:"u8.ToArray(), rendering, source, target, cancellationToken);

    public Task RenderMaskAsync(MaskRendering rendering, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
        => CopyAsync("mask:"u8.ToArray(), rendering, rendering.Area.Mask?.Picture ?? rendering.Area.Source, target, cancellationToken);

    public async Task<MaskDrift?> FinishAsync(
        PictureInput delivered, Finishing finishing, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
    {
        await CopyAsync("finished:"u8.ToArray(), finishing, delivered, target, cancellationToken);
        return finishing.PutBack is null ? null : Drift;
    }

    public Task StripAsync(PictureInput picture, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
        => CopyAsync("stripped:"u8.ToArray(), "strip", picture, target, cancellationToken);

    private async Task CopyAsync(
        byte[] word, object rendering, PictureInput picture, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _drawn.Add(rendering);
            if (Failure is { } failure)
            {
                Failure = null;
                throw failure;
            }
        }

        await target(word, cancellationToken);
        await using var bytes = await picture.OpenAsync(cancellationToken);
        using var copy = new MemoryStream();
        await bytes.CopyToAsync(copy, cancellationToken);
        await target(copy.ToArray(), cancellationToken);
    }
}
