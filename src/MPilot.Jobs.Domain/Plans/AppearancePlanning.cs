using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Domain.Plans;

/// <summary>Background and encoding of the answer.</summary>
internal static class AppearancePlanning
{
    private const string Opaque = "opaque";

    public static void Apply(PlanDraft draft)
    {
        Background(draft);
        Encoding(draft);
        Compression(draft);
    }

    private static void Background(PlanDraft draft)
    {
        var (asked, model) = (draft.Asked, draft.Model);
        if (asked.Background is { } wanted)
        {
            draft.Rows.HonourUnless(WhyNot(draft, wanted), EditParameters.Background);
        }

        var removes = asked.Type == EditType.BackgroundRemoval && !model.Types.Contains(EditType.BackgroundRemoval);
        draft.Sent = draft.Sent with { Background = removes ? PlanDraft.Transparent : asked.Background };
    }

    private static string? WhyNot(PlanDraft draft, string wanted)
    {
        var model = draft.Model;
        if (draft.Asked.Type == EditType.BackgroundRemoval)
        {
            return wanted == PlanDraft.Transparent ? null : "A removed background is transparent.";
        }

        if (!model.KeepsTransparency)
        {
            return HintPlanning.NotOneOf(model.Backgrounds, wanted);
        }

        // A picture with an alpha channel may still be opaque everywhere: nothing can be promised of it.
        return wanted == Opaque && !draft.KeepsAlpha ? null : "This model keeps the transparency the picture has.";
    }

    private static void Encoding(PlanDraft draft)
    {
        var (asked, model) = (draft.Asked, draft.Model);
        var format = FormatOf(asked.OutputFormat);
        var drawn = draft.Rendering.DrawsAnswer || (format == PictureFormat.Jpeg && draft.KeepsAlpha);
        if (asked.OutputFormat is { } wanted)
        {
            Row(draft, wanted, drawn);
        }

        // What is drawn anew comes as exact as it can be had, and is encoded once.
        var converts = drawn || (format is not null && !model.Outputs.Contains(asked.OutputFormat!, StringComparer.Ordinal));
        var exact = model.Outputs.Contains("png", StringComparer.Ordinal) ? "png" : null;
        draft.Rendering = converts ? draft.Rendering with { Format = format ?? PictureFormat.Png } : draft.Rendering;
        draft.Sent = draft.Sent with { OutputFormat = converts ? exact : asked.OutputFormat ?? (draft.WantsTransparency ? exact : null) };
    }

    private static void Row(PlanDraft draft, string wanted, bool drawn)
    {
        if (wanted == "jpeg" && draft.WantsTransparency)
        {
            draft.Rows.Refuse(EditParameters.OutputFormat, "A jpeg cannot be transparent.");
        }
        else if (!drawn && draft.Model.Outputs.Contains(wanted, StringComparer.Ordinal))
        {
            draft.Rows.Honour(EditParameters.OutputFormat);
        }
        else if (FormatOf(wanted) is not null)
        {
            draft.Rows.Emulate(EditParameters.OutputFormat, "The service encodes the answer.");
        }
        else
        {
            draft.Rows.Refuse(EditParameters.OutputFormat, $"{wanted} cannot be made of what this model answers.");
        }
    }

    private static void Compression(PlanDraft draft)
    {
        if (draft.Asked.OutputCompression is not { } wanted)
        {
            return;
        }

        var encodes = draft.Rendering.Format is not null;
        draft.Sent = draft.Sent with { OutputCompression = encodes ? null : wanted };
        if (draft.Asked.OutputFormat is not ("jpeg" or "webp"))
        {
            draft.Rows.Warn(EditParameters.OutputCompression, "Only jpeg and webp have a compression.");
            draft.Sent = draft.Sent with { OutputCompression = null };
        }
        else if (!encodes && draft.Model.Compression)
        {
            draft.Rows.Honour(EditParameters.OutputCompression);
        }
        else
        {
            draft.Rows.Emulate(EditParameters.OutputCompression, "The service encodes the answer.");
            draft.Rendering = draft.Rendering with { Format = FormatOf(draft.Asked.OutputFormat), Compression = wanted };
            draft.Sent = draft.Sent with { OutputCompression = null };
        }
    }

    private static PictureFormat? FormatOf(string? name) => name switch
    {
        "png" => PictureFormat.Png,
        "jpeg" => PictureFormat.Jpeg,
        "webp" => PictureFormat.Webp,
        _ => null,
    };
}
