using MPilot.Jobs.Simulators.Ledgers;
using MPilot.Jobs.Simulators.Uploads;

namespace MPilot.Jobs.Simulators.OpenAi;

/// <summary>What the files must be.</summary>
internal static class OpenAiFileRules
{
    private const int MaxImages = 16;
    private const long MaxBytes = 50L * 1024 * 1024;

    public static OpenAiRefusal? Check(Upload upload)
    {
        var images = Images(upload).ToArray();
        if (images.Length == 0) return OpenAiRefusal.Missing("image");
        if (images.Length > MaxImages)
            return new(400, $"Invalid 'image': array too long. Expected an array with maximum length {MaxImages}, but got {images.Length} instead.", "array_above_max_length", "image");
        return images.Select(image => Picture(image, ["image/jpeg", "image/png", "image/webp"])).FirstOrDefault(refusal => refusal is not null)
            ?? Overlay(upload, images[0], "mask")
            ?? Overlay(upload, images[0], "markup")
            ?? (upload.Order.Contains("mask") && upload.Order.Contains("markup") ? OpenAiRefusal.Invalid("markup", "'markup' cannot be combined with 'mask'.") : null);
    }

    public static IEnumerable<PartRecord> Images(Upload upload) => upload.Files.Where(file => file.Name is "image" or "image[]");

    private static OpenAiRefusal? Overlay(Upload upload, PartRecord image, string name)
    {
        if (upload.Files.Find(file => file.Name == name) is not { } overlay) return null;
        if (Picture(overlay, ["image/png"]) is { } refusal) return refusal;
        if (overlay.HasAlpha != true) return OpenAiRefusal.ImageFile(name, "it must contain an alpha channel.");
        return (overlay.Width, overlay.Height) == (image.Width, image.Height)
            ? null
            : OpenAiRefusal.ImageFile(name, $"its size {overlay.Width}x{overlay.Height} does not match the image's {image.Width}x{image.Height}.");
    }

    private static OpenAiRefusal? Picture(PartRecord file, string[] types)
    {
        var name = file.Name == "image[]" ? "image" : file.Name;
        var declared = file.ContentType ?? "application/octet-stream";
        if (!types.Contains(declared))
            return new(400, $"Invalid file '{name}': unsupported mimetype ('{declared}'). Supported file formats are {string.Join(", ", types.Select(type => $"'{type}'"))}.", "unsupported_file_mimetype", name);
        if (file.Length >= MaxBytes) return OpenAiRefusal.Invalid(name, "The file must be smaller than 50 MB.");
        return declared == $"image/{file.Format}" ? null : OpenAiRefusal.ImageFile(name, $"its bytes are no picture of type '{declared}'.");
    }
}
