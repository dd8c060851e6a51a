namespace MPilot.Jobs.Simulators.Pictures;

internal static class PictureFormatNames
{
    public static string MediaType(this PictureFormat format) => format switch
    {
        PictureFormat.Png => "image/png",
        PictureFormat.Jpeg => "image/jpeg",
        PictureFormat.Webp => "image/webp",
        PictureFormat.Gif => "image/gif",
        PictureFormat.Svg => "image/svg+xml",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
