using System.Globalization;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Streaming;
using MPilot.Jobs.Providers.Planning;

namespace MPilot.Jobs.Providers.OpenAi;

/// <summary>Writes the form of <c>POST /images/edits</c>: what the plan honours and nothing else.</summary>
internal static class OpenAiRequest
{
    /// <summary>For background removal without a prompt: this provider requires one.</summary>
    public const string BackgroundRemovalPrompt = "Remove the background completely and keep the subject exactly as it is.";

    public static MultipartFormContent Form(DriverCall call, EditPlan plan, OpenAiCapabilities model, IDriverIo io)
    {
        var spec = call.Spec;
        var form = new MultipartFormContent(io);
        form.AddText(EditFields.Model, call.Model);
        AddText(form, EditFields.Prompt, spec.Prompt ?? (spec.Type == EditType.BackgroundRemoval ? BackgroundRemovalPrompt : null));
        form.AddText(EditFields.Count, Text(call.Count));
        AddText(form, EditFields.Background, OpenAiPlan.WantsTransparency(spec) ? "transparent" : spec.Background);
        AddText(form, EditFields.OutputFormat, spec.OutputFormat ?? (OpenAiPlan.WantsTransparency(spec) ? "png" : null));
        foreach (var (name, value) in Plain(spec).Where(f => plan.Honours(f.Name)))
        {
            AddText(form, name, value);
        }

        foreach (var (name, value) in spec.Extra.Where(e => model.Extras.Contains(e.Key, StringComparer.Ordinal)))
        {
            form.AddText(name, value);
        }

        AddPictures(form, spec);
        return form;
    }

    private static IEnumerable<(string Name, string? Value)> Plain(EditSpec spec) =>
    [
        (EditFields.Size, spec.Size?.ToString()),
        (EditFields.Quality, spec.Quality),
        (EditFields.InputFidelity, spec.InputFidelity),
        (EditFields.OutputCompression, spec.OutputCompression is { } percent ? Text(percent) : null),
        (EditFields.User, spec.User),
        (EditFields.Stream, spec.Stream ? "true" : null),
        (EditFields.PartialImages, spec.Stream && spec.PartialImages is { } previews ? Text(previews) : null),
    ];

    private static void AddPictures(MultipartFormContent form, EditSpec spec)
    {
        var field = spec.Images.Length == 1 ? EditFields.Image : EditFields.Image + "[]";
        for (var i = 0; i < spec.Images.Length; i++)
        {
            form.AddPicture(field, FileName($"image-{Text(i + 1)}", spec.Images[i]), spec.Images[i].Artifact);
        }

        if (spec.Mask is not null)
        {
            form.AddPicture(EditFields.Mask, FileName("mask", spec.Mask), spec.Mask.Artifact);
        }
    }

    private static string FileName(string name, EditPicture picture) => $"{name}.{picture.Facts.FormatName}";

    private static void AddText(MultipartFormContent form, string name, string? value)
    {
        if (value is not null)
        {
            form.AddText(name, value);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
