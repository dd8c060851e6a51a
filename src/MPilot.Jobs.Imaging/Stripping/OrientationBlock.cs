namespace MPilot.Jobs.Imaging.Stripping;

/// <summary>An EXIF block that says which way up a picture is, and nothing else.</summary>
internal static class OrientationBlock
{
    public static byte[] Of(int orientation) =>
    [
        .. "II*\0"u8, 8, 0, 0, 0,
        1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0,
        0, 0, 0, 0,
    ];
}
