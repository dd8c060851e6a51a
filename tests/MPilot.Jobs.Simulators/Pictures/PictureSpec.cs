namespace MPilot.Jobs.Simulators.Pictures;

/// <summary>What all pictures drawn from one template share.</summary>
/// <param name="Width">Pixels, a multiple of 8.</param>
/// <param name="Height">Pixels, a multiple of 8, more than the band's.</param>
/// <param name="Bytes">About how many bytes the file should have; 0: as few as it compresses to.</param>
/// <param name="Frames">Of an animation; else 1.</param>
internal sealed record PictureSpec(int Width, int Height, PictureFormat Format, bool Transparent, int Bytes = 0, int Frames = 1, int FrameMs = 100);
