using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Imaging.Rendering;

/// <summary>How many pixels are held at the same time at most: all pictures that are decoded, and an answer that is drawn whole.</summary>
internal static class Weight
{
    public static long Of(EditArea area) => Of(area.Mask?.Picture ?? area.Source);

    public static long Of(PictureInput source, SourceRendering rendering) => Of(source) + Of(rendering.Transparent?.Mask?.Picture);

    public static long Of(PictureInput delivered, Finishing finishing)
        => finishing is not { PutBack: { } area, Layout: { } layout }
            ? Of(delivered)
            : Of(delivered) + Of(area.Source) + Of(area.Mask?.Picture) + (layout.Answer == delivered.Facts.Oriented ? 0 : layout.Answer.Pixels);

    private static long Of(PictureInput? decoded) => decoded?.Facts.Stored.Pixels ?? 0;
}
