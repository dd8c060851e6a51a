using System.Globalization;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Holds a form against the rules for its fields, and finds all mistakes at once, in a fixed order.</summary>
internal sealed class EditValidator(MPilotOptions options, ServedChoices served)
{
    private const int MaxPromptLength = 32_000;

    /// <summary>What the form asks for.</summary>
    /// <param name="form">As read.</param>
    /// <param name="deadlineHeader">The <c>x-mpilot-deadline</c> header, or empty. The field of the form goes before it.</param>
    public EditWishes Validate(EditForm form, string deadlineHeader)
    {
        var fields = new FieldReader(form.Fields, form.Mistakes);
        var model = Model(fields, form.Mistakes);
        var fallbacks = FallbackReader.Read(form);
        var spec = Spec(form, fields, served.For([.. model is null ? [] : (ReadOnlySpan<string>)[model], .. fallbacks]));
        CombinationRules.Check(spec, form.Mistakes);
        var wishes = new EditWishes
        {
            Model = model,
            Spec = spec,
            Fallbacks = fallbacks,
            Deadline = DeadlineReader.Read(fields.Text(EditFields.Deadline), deadlineHeader, form.Mistakes),
            Metadata = MetadataReader.Read(form),
        };
        return Delivered(wishes, fields, form.Mistakes);
    }

    /// <summary>The edit. Members are in the order in which their mistakes are reported.</summary>
    private EditSpec Spec(EditForm form, FieldReader fields, EditChoices choices)
    {
        var type = TypeOf(fields.Choice(EditFields.Type, "inpainting", "outpainting", "background_removal"));
        var prompt = Prompt(fields, type, form.Mistakes);
        var images = PictureRules.Images(form);
        var polarity = PolarityOf(fields.Choice(EditFields.MaskPolarity, "white", "black"));
        return new()
        {
            Type = type,
            Prompt = prompt,
            Images = images,
            MaskPolarity = polarity,
            Mask = PictureRules.Mask(form, images, polarity, type),
            Count = fields.Number(EditFields.Count, 1, 10) ?? 1,
            InferenceSteps = fields.Number(EditFields.InferenceSteps, 1, 500),
            Seed = fields.LongNumber(EditFields.Seed),
            OutputCompression = fields.Number(EditFields.OutputCompression, 0, 100),
            Size = Size(fields, form.Mistakes),
            ResponseFormat = FormatOf(fields.Choice(EditFields.ResponseFormat, "url", "b64_json") ?? options.Http.DefaultResponseFormat),
            Background = fields.Choice(EditFields.Background, choices.Backgrounds),
            InputFidelity = fields.Choice(EditFields.InputFidelity, choices.Fidelities),
            Quality = QualityOf(fields.Choice(EditFields.Quality, choices.Qualities)),
            OutputFormat = OutputFormatOf(fields.Choice(EditFields.OutputFormat, choices.Outputs)),
            NegativePrompt = fields.Text(EditFields.NegativePrompt),
            User = fields.Text(EditFields.User),
            Unsupported = fields.Choice(EditFields.Unsupported, "warn", "refuse") == "refuse" ? UnsupportedPolicy.Refuse : UnsupportedPolicy.Warn,
            Extra = ExtraReader.Read(form),
        };
    }

    private static string? Model(FieldReader fields, Mistakes mistakes)
    {
        var model = fields.Text(EditFields.Model);
        if (model is null)
        {
            mistakes.Missing(EditFields.Model, "model is required");
        }

        if (model?.Length > EditFields.MaxModelLength)
        {
            mistakes.Invalid(EditFields.Model, $"model may have at most {EditFields.MaxModelLength} characters.");
            return null;
        }

        if (model?.Any(char.IsControl) == true)
        {
            mistakes.Invalid(EditFields.Model, "model has characters that are in no model's name.");
            return null;
        }

        return model;
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
            var message = string.Create(CultureInfo.InvariantCulture, $"prompt may have at most {MaxPromptLength} characters, got {prompt.Length}.");
            mistakes.Invalid(EditFields.Prompt, message);
        }

        return prompt;
    }

    private PictureSize? Size(FieldReader fields, Mistakes mistakes)
    {
        var text = fields.Text(EditFields.Size);
        if (text is null or "auto")
        {
            return null;
        }

        if (!PictureSize.TryParse(text, out var size))
        {
            mistakes.Invalid(EditFields.Size, "size must be auto or WIDTHxHEIGHT in pixels, such as 1024x1024.");
            return null;
        }

        if (size.Pixels > options.Pictures.MaxPixels)
        {
            mistakes.Invalid(EditFields.Size, string.Create(CultureInfo.InvariantCulture, $"size may have at most {options.Pictures.MaxPixels} pixels, got {size}."));
            return null;
        }

        return size;
    }

    /// <summary>Fields about how the answer travels: what cannot be had yet is refused, what cannot matter is warned about.</summary>
    private static EditWishes Delivered(EditWishes wishes, FieldReader fields, Mistakes mistakes)
    {
        var streamed = fields.Flag(EditFields.Stream);
        foreach (var name in (ReadOnlySpan<string>)[EditFields.WebhookUrl, EditFields.OutputUrl])
        {
            if (fields.Text(name) is not null)
            {
                mistakes.Unsupported(name, $"{name} is not supported.");
            }
        }

        var previews = fields.Number(EditFields.PartialImages, 0, 3);
        return streamed || previews is null or 0
            ? wishes with { Spec = wishes.Spec with { Stream = streamed, PartialImages = streamed ? previews : null } }
            : wishes with { Warnings = [new(EditFields.PartialImages, null, "ignored", "Partial pictures need stream=true.")] };
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
