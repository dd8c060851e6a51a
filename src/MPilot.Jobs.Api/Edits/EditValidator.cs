using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Net;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Holds a form against the rules for its fields, and finds all mistakes at once, in a fixed order.</summary>
internal sealed class EditValidator(SpecReader specs, OverrideReader overrides, ServedChoices served, MPilotOptions options)
{
    /// <summary>What the form asks for.</summary>
    /// <param name="form">As read.</param>
    /// <param name="deadlineHeader">The <c>x-mpilot-deadline</c> header, or empty. The field of the form goes before it.</param>
    public EditWishes Validate(EditForm form, string deadlineHeader)
    {
        var fields = new FieldReader(form.Fields, form.Mistakes);
        var model = Model(fields, form.Mistakes);
        var fallbacks = FallbackReader.Read(form);
        var choices = served.For([.. model is null ? [] : (ReadOnlySpan<string>)[model], .. fallbacks.Select(f => f.Model)]);
        var spec = specs.Read(form, fields, choices);
        var wishes = new EditWishes
        {
            Model = model,
            Spec = spec,
            Fallbacks = [.. fallbacks.Select((entry, index) => new FallbackWish(entry.Model, overrides.Read(form, entry, index, choices)))],
            FallsBackOnRefusal = fields.Choice(EditFields.OnRefusal, "fail", "fallback") is { } wish ? wish == "fallback" : null,
            Deadline = DeadlineReader.Read(fields.Text(EditFields.Deadline), deadlineHeader, form.Mistakes),
            Metadata = MetadataReader.Read(form),
            WebhookUrl = Webhook(fields),
            OutputUrls = OutputUrlReader.Read(form, spec.Count, options.Buckets),
        };
        return Delivered(wishes, fields);
    }

    private Uri? Webhook(FieldReader fields)
    {
        if (fields.Text(EditFields.WebhookUrl) is not { } text)
        {
            return null;
        }

        if (WebhookUrl.Refusal(text, options.Webhooks, out var url) is { } refusal)
        {
            fields.Mistakes.Invalid(EditFields.WebhookUrl, $"The URL {refusal}.");
        }

        return url;
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

    /// <summary>Fields about how the answer travels: what cannot matter is warned about.</summary>
    private static EditWishes Delivered(EditWishes wishes, FieldReader fields)
    {
        var streamed = fields.Flag(EditFields.Stream);
        var previews = fields.Number(EditFields.PartialImages, 0, 3);
        return streamed || previews is null or 0
            ? wishes.Map(spec => spec with { Stream = streamed, PartialImages = streamed ? previews : null })
            : wishes with { Warnings = [new(EditFields.PartialImages, null, "ignored", "Partial pictures need stream=true.")] };
    }
}
