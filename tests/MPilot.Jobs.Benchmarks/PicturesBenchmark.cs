namespace MPilot.Jobs.Benchmarks;

/// <summary>How good the built-in editor's pictures are, one table for each of its abilities.</summary>
internal static class PicturesBenchmark
{
    public static async Task RunAsync()
    {
        await InpaintingTable.PrintAsync();
        await BackgroundRemovalTable.PrintAsync();
    }
}
