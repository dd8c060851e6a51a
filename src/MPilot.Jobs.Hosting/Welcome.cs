using Microsoft.AspNetCore.Builder;

using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting;

/// <summary>What the service says when it is up: where it listens, for whom, and a line to paste.</summary>
internal static class Welcome
{
    private const string Sample = "samples/vase.png";

    public static void Print(WebApplication app, MPilotOptions options)
    {
        var address = app.Urls.First().TrimEnd('/');
        Console.WriteLine($"""

            MPilot.Jobs listens on {address}
            No keys are configured: it serves this machine only.
            Providers: {string.Join(", ", options.Providers.Keys.Order(StringComparer.Ordinal))}. Data: {Path.GetFullPath(options.Data)}

            """);
        if (options.Providers.FirstOrDefault(p => p.Value.Kind == "local").Key is { } local)
        {
            Console.WriteLine($"""
                Cut out a picture:

                  curl -s {address}/v1/images/edits -F model={local}/background-removal -F type=background_removal -F image=@{Picture()} | sed 's/.*"b64_json":"\([^"]*\)".*/\1/' | base64 -d > cutout.png

                """);
        }
    }

    /// <summary>The sample picture of the repository, where the service runs from one.</summary>
    private static string Picture()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var sample = Path.Combine(folder.FullName, Sample);
            if (File.Exists(sample))
            {
                return sample;
            }
        }

        return "photo.jpg";
    }
}
