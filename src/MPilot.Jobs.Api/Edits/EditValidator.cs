using System.Collections.Immutable;
using System.Globalization;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Holds a form against the rules for its fields, and finds all mistakes at once, in a fixed order.</summary>
internal sealed class EditValidator(MPilotOptions options)
{
    private const int MaxPromptLength = 32_000;

    /// <summary>What the form asks for.</summary>
    /// <param name="form">As read.</param>
    /// <param name="deadlineHeader">The <c>x-mpilot-deadline</c> header, or empty. The field of the form goes before it.</param>
    public EditWishes Validate(EditForm form, string deadlineHeader)
    {
        var mistakes = form.Mistakes;
        var fields = new FieldReader(form.Fields, mistakes);

        // 1. What every edit needs.
        var model = fields.Text(EditFields.Model);
        if (model is null)
        {
            mistakes.Missing(EditFields.Model, "model is required");
        }

        var type = TypeOf(fields.Choice(EditFields.Type, "inpainting", "outpainting", "background_removal"));
        var prompt = Prompt(fields, type, mistakes);
        var images = PictureRules.Images(form);

        // 2. Numbers.
        var count = fields.Number(EditFields.Count, 1, 10) ?? 1;
        var partialImages = fields.Number(EditFields.PartialImages, 0, 3);
        var steps = fields.Number(EditFields.InferenceSteps, 1, 500);
        var seed = fields.LongNumber(EditFields.Seed);
        var compression = fields.Number(EditFields.OutputCompression, 0, 100);
        var deadline = DeadlineReader.Read(fields.Text(EditFields.Deadline), deadlineHeader, mistakes);

        // 3. The mask.
        var polarity = PolarityOf(fields.Choice(EditFields.MaskPolarity, "white", "black"));
        var mask = PictureRules.Mask(form, images, polarity, type);

        // 4. Everything else.
        RefuseWhatIsNotThereYet(fields, mistakes);
        var spec = new EditSpec
        {
            Images = images,
            Type = type,
            Prompt = prompt,
            Mask = mask,
            MaskPolarity = polarity,
            Count = count,
            Size = Size(fields, mistakes),
            ResponseFormat = FormatOf(fields.Choice(EditFields.ResponseFormat, "url", "b64_json") ?? options.Http.DefaultResponseFormat),
            Background = fields.Choice(EditFields.Background, "transparent", "opaque"),
            InputFidelity = fields.Choice(EditFields.InputFidelity, "low", "high"),
            Quality = QualityOf(fields.Choice(EditFields.Quality, "high", "medium", "low", "standard", "hd", "xhigh", "max")),
            OutputFormat = OutputFormatOf(fields.Choice(EditFields.OutputFormat, "png", "webp", "jpeg", "jpg")),
            OutputCompression = compression,
            InferenceSteps = steps,
            Seed = seed,
            NegativePrompt = fields.Text(EditFields.NegativePrompt),
            User = fields.Text(EditFields.User),
            Unsupported = fields.Choice(EditFields.Unsupported, "warn", "refuse") == "refuse" ? UnsupportedPolicy.Refuse : UnsupportedPolicy.Warn,
            Extra = ExtraReader.Read(form),
        };
        return new()
        {
            Spec = spec,
            Model = model,
            Fallbacks = FallbackReader.Read(form),
            Deadline = deadline,
            Metadata = MetadataReader.Read(form),
            Warnings = partialImages > 0 ? [new(EditFields.PartialImages, null, "ignored", "Partial pictures need stream=true.")] : ImmutableArray<PlanWarning>.Empty,
        };
    }

    private static string? Prompt(FieldReader fields, EditType? type, Mistakes mistakes)
    {
        var prompt = fields.Text(EditFields.Prompt);
        if (prompt is null && type != EditType.BackgroundRemoval)
        {
            mistakes.Missing(EditFields.Prompt, "prompt is required");
        }

        if (prompt?.Length > MaxPromptLength)
        {
            mistakes.Invalid(EditFields.Prompt, string.Create(CultureInfo.InvariantCulture, $"prompt may have at most {MaxPromptLength} characters, got {prompt.Length}."));
        }

        return prompt;
    }

    private static PictureSize? Size(FieldReader fields, Mistakes mistakes)
    {
        var text = fields.Text(EditFields.Size);
        if (text is null or "auto")
        {
            return null;
        }

        if (PictureSize.TryParse(text, out var size))
        {
            return size;
        }

        mistakes.Invalid(EditFields.Size, "size must be auto or WIDTHxHEIGHT in pixels, such as 1024x1024.");
        return null;
    }

    private static void RefuseWhatIsNotThereYet(FieldReader fields, Mistakes mistakes)
    {
        if (fields.Flag(EditFields.Stream))
        {
            mistakes.Unsupported(EditFields.Stream, "stream is not supported: ask without it, or with Prefer: respond-async.");
        }

        foreach (var name in (ReadOnlySpan<string>)[EditFields.WebhookUrl, EditFields.OutputUrl])
        {
            if (fields.Text(name) is not null)
            {
                mistakes.Unsupported(name, $"{name} is not supported.");
            }
        }
    }

    private static EditType? TypeOf(string? text) => text switch
    {
        "inpainting" => EditType.Inpainting,
        "outpainting" => EditType.Outpainting,
        "background_removal" => EditType.BackgroundRemoval,
        _ => null,
    };

    private static MaskPolarity? PolarityOf(string? text) => text switch
    {
        "white" => MaskPolarity.White,
        "black" => MaskPolarity.Black,
        _ => null,
    };

    private static ResponseFormat FormatOf(string text) => text == "url" ? ResponseFormat.Url : ResponseFormat.B64Json;

    private static string? QualityOf(string? text) => text == "hd" ? "high" : text;

    private static string? OutputFormatOf(string? text) => text == "jpg" ? "jpeg" : text;
}
