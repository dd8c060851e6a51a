using System.Collections.Immutable;

using MPilot.Jobs.Api.Documentation;

namespace MPilot.Jobs.Api.Edits;

/// <summary>The fields of an edit, for those who read about them.</summary>
internal static class EditFieldDocs
{
    private const string PictureRule = "png, jpeg or webp, one frame, at most 50 MB and 50 megapixels each; what it is, is read from its bytes.";
    private const string MaskRule = "Where to edit: where it is transparent. As large as the first image. Without an alpha channel `mask_polarity` is needed.";
    private const string FallbackRule = "`provider/model` names to try in order if the first fails";
    private const string OverrideRule = "may have their own values of what changes the picture: ";
    private const string MetadataRule = "Your own notes, shown with the job";
    private const string MetadataLimits = "At most 16 pairs, keys up to 64 characters, values up to 512.";

    /// <summary>Pictures are shown after the model and the prompt.</summary>
    private const int PictureIndex = 2;

    private static readonly ImmutableArray<FieldDoc> Texts =
    [
        new(EditFields.Model, FieldKind.Text, "`provider/model`, an alias, or a bare model name that one provider serves. `GET /v1/models` lists those known by name.")
        {
            IsRequired = true, Max = 256, Example = "openai/gpt-image-2",
        },
        new(EditFields.Prompt, FieldKind.Text, "What to change. Required unless `type` is `background_removal`.") { Max = 32_000, Example = "make the vase golden" },
        new(EditFields.MaskPolarity, FieldKind.Text, "The colour that marks where to edit, for a mask without an alpha channel.") { Choices = ["white", "black"] },
        new(EditFields.Type, FieldKind.Text, "What kind of edit. `inpainting` needs a mask; `outpainting` extends the picture to `size`; `background_removal` needs no prompt.")
        {
            Choices = ["inpainting", "outpainting", "background_removal"],
        },
        new(EditFields.Count, FieldKind.Integer, "How many pictures. Where a provider makes one a call, calls are made side by side. Default: 1.") { Min = 1, Max = 10, Example = 1 },
        new(EditFields.Size, FieldKind.Text, "`auto` or `WIDTHxHEIGHT` in pixels. Default: `auto`.") { Example = "1024x1024" },
        new(EditFields.ResponseFormat, FieldKind.Text, "The bytes in the answer, or signed links to them. Default: `Http:DefaultResponseFormat`, usually `b64_json`.")
        {
            Choices = ["b64_json", "url"], Example = "url",
        },
        new(EditFields.Stream, FieldKind.Flag, "Answer with server-sent events: previews and pictures as they come. Default: false."),
        new(EditFields.PartialImages, FieldKind.Integer, "How many previews a stream may bring for each picture. Without `stream` it is warned about.") { Min = 0, Max = 3 },
        new(EditFields.Background, FieldKind.Text, "Default: `auto`.") { Choices = ["auto", "transparent", "opaque"] },
        new(EditFields.InputFidelity, FieldKind.Text, "How closely the input is kept; a hint. Default: `auto`.") { Choices = ["auto", "low", "high"] },
        new(EditFields.Quality, FieldKind.Text, "A hint. `hd` is `high`. Default: `auto`.")
        {
            Choices = ["auto", "low", "medium", "high", "standard", "hd", "xhigh", "max"],
        },
        new(EditFields.OutputFormat, FieldKind.Text, "How the result is encoded. `jpg` is `jpeg`. Default: `auto`.") { Choices = ["auto", "png", "webp", "jpeg", "jpg"] },
        new(EditFields.OutputCompression, FieldKind.Integer, "Quality of a webp or jpeg in percent; a hint.") { Min = 0, Max = 100 },
        new(EditFields.InferenceSteps, FieldKind.Integer, "A hint for models that have steps.") { Min = 1, Max = 500 },
        new(EditFields.Seed, FieldKind.Integer, "A 64-bit number; a hint for models that can repeat themselves."),
        new(EditFields.NegativePrompt, FieldKind.Text, "What should not be there; a hint."),
        new(EditFields.User, FieldKind.Text, "Your name for the end user, handed on to providers that ask for one."),
        new(EditFields.Deadline, FieldKind.Number, "How many seconds the job may take, more than 0. Before the header `x-mpilot-deadline`. Default: 15 min, asynchronous 24 h.")
        {
            Min = 0, Max = 604_800, Example = 300,
        },
        new(EditFields.Unsupported, FieldKind.Text, "What becomes of hints a provider cannot follow: left out with a warning, or the step is skipped. Default: `warn`.")
        {
            Choices = ["warn", "refuse"],
        },
        new(EditFields.OnRefusal, FieldKind.Text, "What becomes of an edit that a provider refuses for safety: it fails, or the next of `fallbacks` is asked. Default: as your key is configured, else `fail`.")
        {
            Choices = ["fail", "fallback"],
        },
        new(EditFields.WebhookUrl, FieldKind.Text, "An `https` URL that is told when the job has ended, besides your endpoints. Signed with your default secret, which `POST /v1/webhooks/secret` makes; without one it is refused."),
        new(EditFields.OutputUrl, FieldKind.TextOrTexts,
            "A presigned `https` URL of your own bucket that each picture is also PUT to, once the job has ended: one URL, or for more pictures one each, in their order, as the field repeated, `output_url[]`, `output_url[N]` or an array. "
            + "S3, Google Cloud Storage, Azure (a SAS URL of a blob) or any server that takes a PUT; sign it without headers, or with the `Content-Type` the picture will have. "
            + "A failure never changes the job: its snapshot says in `data[].output` how each picture fared, and webhooks hear `job.output_delivered` or `job.output_failed`. "
            + "An answer that is waited for comes before that and says nothing of it. The URL is never shown again, and forgotten once it has served.")
        {
            Min = 1, Max = 10,
        },
    ];

    private static string Overridable => string.Join(", ", EditFields.Overridable.Select(name => $"`{name}`")) + ", and fields that providers declare";

    /// <summary>All fields of a form, as it is usually filled in.</summary>
    public static ImmutableArray<FieldDoc> Form { get; } =
    [
        .. Texts.Take(PictureIndex),
        new(PictureField.Image, FieldKind.Pictures,
            $"The pictures to edit, in order: the field repeated, or `image[]`, `image[N]`, `images`. {PictureRule} A field that is no file may be an `https` URL or a data URL.")
        {
            IsRequired = true, Min = 1, Max = FormLimits.Images,
        },
        new(PictureField.Mask, FieldKind.Picture, $"{MaskRule} Also `mask[]`."),
        .. Texts.Skip(PictureIndex),
        new(EditFields.Fallbacks, FieldKind.Texts,
            $"{FallbackRule}: the field repeated, `fallbacks[]`, `fallbacks[N]`, `fallbacks[][provider]` with `fallbacks[][model]`, or one JSON array of texts or `{{provider, model}}` objects. "
            + $"Objects, and `fallbacks[N][field]`, {OverrideRule}{Overridable}.")
        {
            Max = FallbackReader.MaxEntries,
        },
        new(EditFields.Metadata, FieldKind.Pairs, $"{MetadataRule}: a JSON object of texts, or `metadata[key]` fields. {MetadataLimits}"),
    ];

    /// <summary>All members of a JSON body. What is <c>null</c> or empty is absent.</summary>
    public static ImmutableArray<FieldDoc> Json { get; } =
    [
        .. Texts.Take(PictureIndex),
        new(PictureField.Image, FieldKind.DrawnSeveral, $"The picture to edit, or several in order. This or `images` is required, and both together count. {PictureRule}")
        {
            Min = 1, Max = FormLimits.Images,
        },
        new(PictureField.Images, FieldKind.DrawnSeveral, "As `image`.") { Min = 1, Max = FormLimits.Images },
        new(PictureField.Mask, FieldKind.Drawn, MaskRule),
        .. Texts.Skip(PictureIndex),
        new(EditFields.Fallbacks, FieldKind.Steps, $"{FallbackRule}. Objects {OverrideRule}{Overridable}.")
        {
            Max = FallbackReader.MaxEntries,
            Members = [.. Texts.Where(t => EditFields.MayOverride(t.Name)).Select(t => t with { Rule = "For this entry, in place of the edit's own.", Example = null })],
        },
        new(EditFields.Metadata, FieldKind.Pairs, $"{MetadataRule}. {MetadataLimits}"),
    ];

    /// <summary>The same fields where the path names the model.</summary>
    public static ImmutableArray<FieldDoc> WithoutModel(ImmutableArray<FieldDoc> fields)
        => [.. fields.Select(f => f.Name == EditFields.Model ? new(f.Name, f.Kind, "Counts for nothing: the deployment in the path decides. Another name is warned about.") { Max = f.Max } : f)];
}
