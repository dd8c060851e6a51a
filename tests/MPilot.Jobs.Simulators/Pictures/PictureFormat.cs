namespace MPilot.Jobs.Simulators.Pictures;

internal enum PictureFormat
{
    Png,
    Jpeg,
    Webp,
    Gif,
    Svg,
}
