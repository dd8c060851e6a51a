using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Stripping;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Rendering;

/// <summary>Draws with libvips and managed code, on a thread of its own for each picture, within the pixel budget; strips without either.</summary>
public sealed class VipsPictureRenderer(PixelBudget budget) : IPictureRenderer
{
    public string? Unavailable => VipsLibrary.Unavailable;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The renderer is <see cref="Unavailable"/>.</exception>
    public Task<StrengthRange> MeasureAsync(EditArea area, CancellationToken cancellationToken)
        => DrawAsync(
            Weight.Of(area),
            () =>
            {
                using var strength = Reading.Strength(area, cancellationToken);
                return StrengthMeasuring.Of(strength.Rows());
            },
            cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The renderer is <see cref="Unavailable"/>.</exception>
    public Task RenderSourceAsync(
        PictureInput source, SourceRendering rendering, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
        => DrawAsync(
            Weight.Of(source, rendering),
            () =>
            {
                using var drawn = SourceDrawing.Draw(source, rendering, cancellationToken);
                var alpha = source.Facts.HasAlpha || rendering.Transparent is not null;
                PictureEncoder.Encode(drawn, new(rendering.Encoding, alpha), target, cancellationToken);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The form is not one that is drawn.</exception>
    /// <exception cref="InvalidOperationException">The renderer is <see cref="Unavailable"/>.</exception>
    public Task RenderMaskAsync(
        MaskRendering rendering, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
    {
        if (rendering.Form is MaskForm.Given or MaskForm.SourceAlpha)
        {
            throw new ArgumentException($"A mask of the form {rendering.Form} is not drawn.", nameof(rendering));
        }

        return DrawAsync(
            Weight.Of(rendering.Area),
            () =>
            {
                using var read = Reading.Strength(rendering.Area, cancellationToken);
                using var sent = Arrangement.Strength.Sent(read, rendering.Layout);
                using var drawn = MaskDrawing.Draw(sent, rendering.Form);
                PictureEncoder.EncodePng(drawn, target, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A source is to be put back without a layout.</exception>
    /// <exception cref="InvalidOperationException">The renderer is <see cref="Unavailable"/>.</exception>
    public Task<MaskDrift?> FinishAsync(
        PictureInput delivered, Finishing finishing, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
    {
        if (finishing is { PutBack: not null, Layout: null })
        {
            throw new ArgumentException("To put a source back it must be known where it is: a layout is needed.", nameof(finishing));
        }

        return DrawAsync(Weight.Of(delivered, finishing), () => Finish(delivered, finishing, target, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task StripAsync(PictureInput picture, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
        => PictureStripping.StripAsync(picture, target, cancellationToken);

    private static MaskDrift? Finish(
        PictureInput delivered, Finishing finishing, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
    {
        var saving = AnswerFinishing.Saving(delivered, finishing);
        using var drawn = AnswerFinishing.Draw(delivered, finishing, cancellationToken);
        if (finishing is not { PutBack: { } area, Layout: { } layout })
        {
            PictureEncoder.Encode(drawn, saving, target, cancellationToken);
            return null;
        }

        using var answer = drawn.Render();
        drawn.Dispose();
        var drift = AnswerFinishing.PutBack(answer, area, (layout, saving.Alpha), cancellationToken);
        PictureEncoder.Encode(answer, saving, target, cancellationToken);
        return drift;
    }

    private async Task<T> DrawAsync<T>(long pixels, Func<T> draw, CancellationToken cancellationToken)
    {
        VipsLibrary.Require();
        using var taken = await budget.TakeAsync(pixels, cancellationToken);
        return await VipsThread.RunAsync(draw, cancellationToken);
    }
}
