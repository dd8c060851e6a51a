using System.Globalization;
using System.Text.Json.Nodes;
using MPilot.Jobs.Simulators.Ledgers;
using MPilot.Jobs.Simulators.Pictures;

namespace MPilot.Jobs.Simulators.Replicate;

/// <summary>Which pictures a prediction makes.</summary>
internal static class ReplicateOutputs
{
    private const double Megapixel = 1 << 20;

    /// <param name="image">The first picture of the input, if it is known.</param>
    public static IReadOnlyList<ShelvedPicture> Of(ReplicateModel model, JsonObject input, PartRecord? image, int call, int? bytes)
    {
        var (width, height) = Size(input, image);
        var spec = new PictureSpec(width, height, Format(model, input), model.IsTransparent, bytes ?? 0);
        var count = (int?)input["num_outputs"] ?? 1;
        return [.. Enumerable.Range(0, count).Select(index => new ShelvedPicture(spec, string.Create(CultureInfo.InvariantCulture, $"{call}-{index}")))];
    }

    private static PictureFormat Format(ReplicateModel model, JsonObject input) => (string?)(input["output_format"] ?? input["format"]) switch
    {
        "png" => PictureFormat.Png,
        "jpg" => PictureFormat.Jpeg,
        "webp" => PictureFormat.Webp,
        _ => model.DefaultFormat,
    };

    private static (int Width, int Height) Size(JsonObject input, PartRecord? image)
    {
        var (width, height) = (image?.Width ?? 1024, image?.Height ?? 1024);
        return (string?)input["aspect_ratio"] switch
        {
            "custom" => (Side((int)input["width"]!), Side((int)input["height"]!)),
            null => (Side(width), Side(height)),
            "match_input_image" => Scaled((double)width / height),
            var ratio => Scaled(Ratio(ratio)),
        };
    }

    private static double Ratio(string text)
    {
        var terms = text.Split(':');
        return double.Parse(terms[0], CultureInfo.InvariantCulture) / double.Parse(terms[1], CultureInfo.InvariantCulture);
    }

    private static (int Width, int Height) Scaled(double ratio) => (Side(Math.Sqrt(Megapixel * ratio)), Side(Math.Sqrt(Megapixel / ratio)));

    private static int Side(double length) => Math.Max(256, (int)Math.Round(length / 8) * 8);
}
