using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Engine.Emulation;

/// <summary>
/// Does around a call what its plan emulates: draws sources and mask before it, finishes pictures after it. No private metadata goes out, none comes
/// back.
/// </summary>
public sealed class EditDrawing(Pictures pictures, IPictureRenderer renderer, PicturesOptions options)
{
    private const PictureMetadata Strippable = PictureMetadata.Private | PictureMetadata.Provenance;

    private delegate Task Draw(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken);

    /// <summary>Where pictures are kept.</summary>
    public Pictures Pictures => pictures;

    /// <summary>Why no pixels can be drawn on this machine, or <c>null</c> when they can.</summary>
    public string? Unavailable => renderer.Unavailable;

    /// <summary>The edit with everything drawn that goes out.</summary>
    /// <param name="tenant">Whose edit it is.</param>
    /// <param name="asked">The edit.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="cancellationToken">Gives up; nothing is left.</param>
    /// <exception cref="PictureUndecodableException">A picture of the edit is damaged.</exception>
    /// <exception cref="EditImpossibleException">The mask does not fit.</exception>
    internal async Task<PreparedEdit> PrepareAsync(string tenant, EditSpec asked, EditPlan plan, CancellationToken cancellationToken)
    {
        var drawn = new List<PictureUpload>();
        try
        {
            var sent = plan.Sent ?? asked;
            var images = sent.Images.ToBuilder();
            for (var i = 0; i < images.Count; i++)
            {
                if (SourceDrawing(asked, plan.Rendering, i) is { } draw)
                {
                    images[i] = await DrawAsync(tenant, ArtifactRole.Source, draw, drawn, cancellationToken);
                }
            }

            if (plan.Rendering is { Mask: { } form and not MaskForm.SourceAlpha, Layout: { } layout })
            {
                var rendering = new MaskRendering(AreaOf(asked), layout, form);
                var mask = await DrawAsync(tenant, ArtifactRole.Mask, (target, token) => renderer.RenderMaskAsync(rendering, target, token), drawn, cancellationToken);
                sent = sent with { Mask = mask };
            }

            return new(sent with { Images = images.ToImmutable() }, drawn);
        }
        catch
        {
            await new PreparedEdit(asked, drawn).DisposeAsync();
            throw;
        }
    }

    /// <summary>The picture as the caller gets it, in an upload of its own unless nothing was to be done. Both are the caller's to dispose.</summary>
    /// <param name="asked">The edit.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="delivered">Usable and fully written.</param>
    /// <param name="begin">Starts the upload.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PictureUndecodableException">The delivered picture, or one that is to be put back, is damaged.</exception>
    internal async Task<FinishedPicture> FinishAsync(
        EditSpec asked, EditPlan plan, PictureUpload delivered, Func<CancellationToken, ValueTask<PictureUpload>> begin, CancellationToken cancellationToken)
    {
        var facts = ((PictureFinding.Usable)delivered.Finding).Facts;
        var input = new PictureInput(delivered.OpenReadAsync, facts);
        if (plan.Rendering is { DrawsAnswer: true } || facts.Orientation != 1)
        {
            var upload = await begin(cancellationToken);
            return new(upload, await renderer.FinishAsync(input, FinishingOf(asked, plan.Rendering), TargetOf(upload), cancellationToken), facts.Stored);
        }

        if (IsToBeStripped(facts.Metadata))
        {
            var upload = await begin(cancellationToken);
            await renderer.StripAsync(input, TargetOf(upload), cancellationToken);
            return new(upload);
        }

        return new(delivered);
    }

    /// <summary>How a source is made for the provider; <c>null</c>: it goes as it is.</summary>
    private Draw? SourceDrawing(EditSpec asked, EditRendering? rendering, int index)
    {
        var input = InputOf(asked.Images[index]);
        if (rendering is not null && rendering.Sources[index] == SourceTreatment.Draw)
        {
            var isFirst = index == 0;
            var transparent = isFirst && rendering.Mask == MaskForm.SourceAlpha ? AreaOf(asked) : null;
            var source = new SourceRendering(new(rendering.SourceFormat), isFirst ? rendering.Layout : null, transparent);
            return (target, token) => renderer.RenderSourceAsync(input, source, target, token);
        }

        return (input.Facts.Metadata & Strippable) != PictureMetadata.None ? (target, token) => renderer.StripAsync(input, target, token) : null;
    }

    private async Task<EditPicture> DrawAsync(
        string tenant, ArtifactRole role, Draw draw, List<PictureUpload> drawn, CancellationToken cancellationToken)
    {
        var upload = await pictures.BeginAsync(tenant, role, cancellationToken);
        drawn.Add(upload);
        await draw(TargetOf(upload), cancellationToken);
        return upload.Describe();
    }

    private bool IsToBeStripped(PictureMetadata metadata)
        => (metadata & Strippable) != PictureMetadata.None && !(metadata.HasFlag(PictureMetadata.Provenance) && options.Provenance == "keep");

    private Finishing FinishingOf(EditSpec asked, EditRendering? rendering) => rendering is null ? new() : new()
    {
        Encoding = rendering.Format is { } format ? new(format, rendering.Compression) : null,
        Size = rendering.Size,
        Fit = rendering.Fit,
        Layout = rendering.Layout,
        PutBack = rendering.PutsBack ? AreaOf(asked) : null,
    };

    private EditArea AreaOf(EditSpec asked)
        => new(InputOf(asked.Images[0]), asked.Mask is { } mask ? new(InputOf(mask), asked.MaskPolarity) : null);

    private PictureInput InputOf(EditPicture picture) => new(token => pictures.OpenAsync(picture.Artifact, token), picture.Facts);

    private static Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> TargetOf(PictureUpload upload)
        => async (bytes, token) => await upload.WriteAsync(bytes, token);
}
