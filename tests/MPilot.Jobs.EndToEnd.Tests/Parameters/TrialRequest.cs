using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Imaging.Tests.Kit;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.EndToEnd.Tests.Parameters;

/// <summary>Makes the request of a trial.</summary>
internal static class TrialRequest
{
    private static readonly byte[] Quarter =
        [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];

    /// <summary>A disc before a plain backdrop: something that every model can work on.</summary>
    public static Pixels Picture { get; } = Drawn(64, 48);

    /// <summary>A request with what the model needs at the least, and the trial's parameter on top of it.</summary>
    /// <param name="model">The column.</param>
    /// <param name="trial">The row.</param>
    /// <param name="prompt">Tells the calls of this trial from all others.</param>
    public static MultipartFormDataContent Form(string model, Trial trial, string prompt)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["model"] = model, ["prompt"] = prompt };
        foreach (var (name, value) in Needs(model).Concat(trial.Fields))
        {
            fields[name] = name == "prompt" ? prompt : value;
        }

        var picture = trial.Turned ? Picture.Png(PngFile.Chunk("eXIf", Quarter)) : Picture.Png();
        var form = EditClient.Form(picture, [.. fields.Select(f => (f.Key, f.Value))]);
        for (var i = 0; i < trial.More; i++)
        {
            form.Add(new ByteArrayContent(Picture.Png()), "image", "more.png");
        }

        if (trial.Mask || model == "local/inpainting")
        {
            form.Add(new ByteArrayContent(Mask(trial)), "mask", "mask.png");
        }

        return form;
    }

    private static IEnumerable<(string Name, string Value)> Needs(string model) => model switch
    {
        "local/background-removal" => [("type", "background_removal")],
        "local/outpainting" => [("size", "96x96")],
        _ => [],
    };

    private static byte[] Mask(Trial trial)
    {
        var (width, height) = trial.Turned ? (48, 64) : (64, 48);
        return Png.Drawn(width, height, (x, y) =>
        {
            var marked = x > 8 && x < width - 8 && y > 8 && y < height - 8;
            var level = marked ? byte.MaxValue : (byte)0;
            return trial.Opaque ? (level, level, level, byte.MaxValue) : ((byte)0, (byte)0, (byte)0, (byte)(byte.MaxValue - level));
        });
    }

    private static Pixels Drawn(int width, int height)
    {
        var pixels = new Pixels(width, height);
        for (var at = 0; at < width * height; at++)
        {
            var (x, y) = ((at % width) - (width / 2), (at / width) - (height / 2));
            var inside = (x * x) + (y * y) < height * height / 9;
            (inside ? new byte[] { 180, 40, 30, 255 } : [230, 232, 228, 255]).CopyTo(pixels.Bytes, at * 4);
        }

        return pixels;
    }
}
