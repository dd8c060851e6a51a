using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Domain.Plans;

/// <summary>A plan while <see cref="EditPlanner"/> works it out, topic by topic.</summary>
internal sealed class PlanDraft(EditSpec asked, ModelCapabilities model)
{
    public const string Transparent = "transparent";

    /// <summary>The edit as asked.</summary>
    public EditSpec Asked => asked;

    public ModelCapabilities Model => model;

    /// <summary>The size of the first picture as a person sees it.</summary>
    public PictureSize Own { get; } = asked.Images[0].Facts.Oriented;

    public PlanRows Rows { get; } = new();

    /// <summary>The edit as it will be sent.</summary>
    public EditSpec Sent { get; set; } = asked with { MaskPolarity = null, Mask = null, PartialImages = null };

    public EditRendering Rendering { get; set; } = new() { Sources = [.. asked.Images.Select(_ => SourceTreatment.Keep)] };

    /// <summary>What says which area is edited: the mask, or the first picture by its own transparency; <c>null</c> where the whole picture is.</summary>
    public EditPicture? Area
        => asked.Mask ?? (UsesTransparency && asked.Images[0].Facts.HasAlpha ? asked.Images[0] : null);

    /// <summary>Whether the canvas is to be extended to a size.</summary>
    public bool Extends => asked is { Type: EditType.Outpainting, Size: not null };

    /// <summary>Whether the answer has an alpha channel because the picture has one.</summary>
    public bool KeepsAlpha => model.KeepsTransparency && asked.Images[0].Facts.HasAlpha;

    /// <summary>Whether the answer is to have a transparent background, by whatever field.</summary>
    public bool WantsTransparency => asked.Type == EditType.BackgroundRemoval || asked.Background == Transparent;

    private bool UsesTransparency => asked.Type == EditType.Inpainting || asked is { Type: EditType.Outpainting, Size: null };

    /// <summary>The first picture, and it alone, is drawn anew.</summary>
    public void DrawFirst() => Rendering = Rendering with { Sources = Rendering.Sources.SetItem(0, SourceTreatment.Draw) };

    public EditPlan ToPlan(int picturesPerCall) => new(Rows.ToRows(), picturesPerCall)
    {
        Sent = Sent,
        Rendering = Rendering.DrawsRequest || Rendering.DrawsAnswer ? Rendering : null,
    };
}
