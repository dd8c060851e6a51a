namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>The program of a cluster's node. It is not beside the tests, which are built without it, but where its own project puts it.</summary>
public static class SiloProgram
{
    private const string Built = "src/MPilot.Jobs.Silo/bin/Release/net10.0/MPilot.Jobs.Silo.dll";

    /// <exception cref="FileNotFoundException">It is not built.</exception>
    public static string Path
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                var file = System.IO.Path.Join(folder.FullName, Built);
                if (File.Exists(file))
                {
                    return file;
                }
            }

            throw new FileNotFoundException("The silo is not built: dotnet build src/MPilot.Jobs.Silo -c Release");
        }
    }
}
