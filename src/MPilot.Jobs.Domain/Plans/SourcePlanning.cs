using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Domain.Plans;

/// <summary>Which pictures go out as they are, and which have to be drawn for the model.</summary>
internal static class SourcePlanning
{
    public static void Apply(PlanDraft draft)
    {
        var (images, model) = (draft.Asked.Images, draft.Model);
        var treatments = images.Select(i => Suits(i.Facts, model) ? SourceTreatment.Keep : SourceTreatment.Draw);
        draft.Rendering = draft.Rendering with { Sources = [.. treatments], SourceFormat = model.Inputs.Contains(PictureFormat.Png) ? PictureFormat.Png : model.Inputs[0] };
        if (WhyNot(draft) is { } reason)
        {
            draft.Rows.Refuse(EditParameters.Image, reason);
        }
        else if (draft.Rendering.DrawsRequest)
        {
            draft.Rows.Emulate(EditParameters.Image, "Turned upright or converted to an encoding the model takes.");
        }
        else
        {
            draft.Rows.Honour(EditParameters.Image);
        }
    }

    /// <summary>Few models turn a picture as its EXIF says.</summary>
    private static bool Suits(PictureFacts facts, ModelCapabilities model)
        => model.Inputs.Contains(facts.Format) && (facts.Orientation == 1 || model.ReadsOrientation);

    private static string? WhyNot(PlanDraft draft)
    {
        var (images, model) = (draft.Asked.Images, draft.Model);
        return images.Length > model.MaxImages
            ? model.MaxImages == 1 ? "This model takes one picture." : $"This model takes at most {model.MaxImages} pictures."
            : images.Any(i => Math.Min(i.Facts.Stored.Width, i.Facts.Stored.Height) < model.MinSide)
                ? $"This model takes pictures with sides of at least {model.MinSide} pixels."
                : null;
    }
}
