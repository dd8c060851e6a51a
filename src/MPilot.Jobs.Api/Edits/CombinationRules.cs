using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Fields that are right one by one but cannot be had together, whoever is asked.</summary>
internal static class CombinationRules
{
    private const string Jpeg = "jpeg";
    private const string Opaque = "opaque";
    private const string Transparent = "transparent";

    public static void Check(EditSpec spec, Mistakes mistakes)
    {
        var removesBackground = spec.Type == EditType.BackgroundRemoval;
        if (removesBackground && spec.Background == Opaque)
        {
            mistakes.Invalid(EditFields.Background, "background cannot be opaque where type is background_removal: a removed background is transparent.");
        }

        if (spec.OutputFormat == Jpeg && (removesBackground || spec.Background == Transparent))
        {
            mistakes.Invalid(EditFields.OutputFormat, "output_format cannot be jpeg where the background is to be transparent: a jpeg has no transparency.");
        }
    }
}
