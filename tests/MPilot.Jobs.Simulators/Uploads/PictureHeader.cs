namespace MPilot.Jobs.Simulators.Uploads;

/// <summary>What a picture's first bytes say of it.</summary>
internal sealed record PictureHeader(string Format, int Width, int Height, bool HasAlpha);
