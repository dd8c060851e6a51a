using System.Globalization;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Streaming;


namespace MPilot.Jobs.Providers.OpenAi;

/// <summary>Writes the form of <c>POST /images/edits</c>: all that the call's edit says and nothing else.</summary>
internal static class OpenAiRequest
{
    public static MultipartFormContent Form(DriverCall call, IDriverIo io)
    {
        var form = new MultipartFormContent(io);
        form.AddText(EditParameters.Model, call.Model);
        AddText(form, EditParameters.Prompt, call.Spec.Prompt);
        form.AddText(EditParameters.Count, Text(call.Count));
        foreach (var (name, value) in Plain(call.Spec))
        {
            AddText(form, name, value);
        }

        foreach (var (name, value) in call.Spec.Extra.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            form.AddText(name, value);
        }

        AddPictures(form, call.Spec);
        return form;
    }

    private static IEnumerable<(string Name, string? Value)> Plain(EditSpec spec) =>
    [
        (EditParameters.Background, spec.Background),
        (EditParameters.OutputFormat, spec.OutputFormat),
        (EditParameters.Size, spec.Size?.ToString()),
        (EditParameters.Quality, spec.Quality),
        (EditParameters.InputFidelity, spec.InputFidelity),
        (EditParameters.OutputCompression, Text(spec.OutputCompression)),
        (EditParameters.User, spec.User),
        (EditParameters.Seed, Text(spec.Seed)),
        (EditParameters.NegativePrompt, spec.NegativePrompt),
        (EditParameters.InferenceSteps, Text(spec.InferenceSteps)),
        (EditParameters.Stream, spec.Stream ? "true" : null),
        (EditParameters.PartialImages, Text(spec.PartialImages)),
    ];

    private static void AddPictures(MultipartFormContent form, EditSpec spec)
    {
        var field = spec.Images.Length == 1 ? EditParameters.Image : EditParameters.Image + "[]";
        for (var i = 0; i < spec.Images.Length; i++)
        {
            form.AddPicture(field, FileName($"image-{Text(i + 1)}", spec.Images[i]), spec.Images[i].Artifact);
        }

        if (spec.Mask is not null)
        {
            form.AddPicture(EditParameters.Mask, FileName("mask", spec.Mask), spec.Mask.Artifact);
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

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
