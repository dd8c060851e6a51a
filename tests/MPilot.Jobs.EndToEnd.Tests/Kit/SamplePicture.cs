namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>The sample picture of the repository.</summary>
internal static class SamplePicture
{
    public static string Path
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(System.IO.Path.Combine(folder.FullName, "MPilot.Jobs.sln")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run from the repository.");
            }

            return System.IO.Path.Combine(folder.FullName, "samples", "vase.png");
        }
    }
}
