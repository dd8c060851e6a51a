using System.Globalization;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Makes fields and pictures an edit, for the whole chain or for one step that overrides some of the fields.</summary>
internal sealed class SpecReader(MPilotOptions options)
{
    private const int MaxPromptLength = 32_000;

    /// <summary>The edit. Members are in the order in which their mistakes are reported.</summary>
    /// <param name="form">Its pictures.</param>
    /// <param name="fields">Its fields, and where mistakes go, those of the pictures too.</param>
    /// <param name="choices">The values that choices have.</param>
    public EditSpec Read(EditForm form, FieldReader fields, EditChoices choices)
    {
        var type = TypeOf(fields.Choice(EditFields.Type, "inpainting", "outpainting", "background_removal"));
        var subject = new EditSpec
        {
            Type = type,
            Prompt = Prompt(fields, type),
            Images = PictureRules.Images(form, fields.Mistakes),
            MaskPolarity = PolarityOf(fields.Choice(EditFields.MaskPolarity, "white", "black")),
        };
        var spec = subject with
        {
            Mask = PictureRules.Mask(form, subject, fields.Mistakes),
            Count = fields.Number(EditFields.Count, 1, 10) ?? 1,
            InferenceSteps = fields.Number(EditFields.InferenceSteps, 1, 500),
            Seed = fields.LongNumber(EditFields.Seed),
            OutputCompression = fields.Number(EditFields.OutputCompression, 0, 100),
            Size = Size(fields),
            ResponseFormat = FormatOf(fields.Choice(EditFields.ResponseFormat, "url", "b64_json") ?? options.Http.DefaultResponseFormat),
            Background = fields.Choice(EditFields.Background, choices.Backgrounds),
            InputFidelity = fields.Choice(EditFields.InputFidelity, choices.Fidelities),
            Quality = QualityOf(fields.Choice(EditFields.Quality, choices.Qualities)),
            OutputFormat = OutputFormatOf(fields.Choice(EditFields.OutputFormat, choices.Outputs)),
            NegativePrompt = fields.Text(EditFields.NegativePrompt),
            User = fields.Text(EditFields.User),
            Unsupported = fields.Choice(EditFields.Unsupported, "warn", "refuse") == "refuse" ? UnsupportedPolicy.Refuse : UnsupportedPolicy.Warn,
            Extra = ExtraReader.Read(fields),
        };
        CombinationRules.Check(spec, fields.Mistakes);
        return spec;
    }

    private static string? Prompt(FieldReader fields, EditType? type)
    {
        var prompt = fields.Text(EditFields.Prompt);
        if (prompt is null && type != EditType.BackgroundRemoval)
        {
            fields.Mistakes.Missing(EditFields.Prompt, "prompt is required");
        }

        if (prompt?.Length > MaxPromptLength)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"prompt may have at most {MaxPromptLength} characters, got {prompt.Length}.");
            fields.Mistakes.Invalid(EditFields.Prompt, message);
        }

        return prompt;
    }

    private PictureSize? Size(FieldReader fields)
    {
        var text = fields.Text(EditFields.Size);
        if (text is null or "auto")
        {
            return null;
        }

        if (!PictureSize.TryParse(text, out var size))
        {
            fields.Mistakes.Invalid(EditFields.Size, "size must be auto or WIDTHxHEIGHT in pixels, such as 1024x1024.");
            return null;
        }

        if (size.Pixels > options.Pictures.MaxPixels)
        {
            fields.Mistakes.Invalid(EditFields.Size, string.Create(CultureInfo.InvariantCulture, $"size may have at most {options.Pictures.MaxPixels} pixels, got {size}."));
            return null;
        }

        return size;
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
