using System.Globalization;

using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting;

/// <summary>What the service says when it is up: where it listens, for whom, and a line to paste.</summary>
internal static class Welcome
{
    private const string Sample = "samples/vase.png";

    public static string Text(string address, MPilotOptions options)
    {
        address = address.TrimEnd('/');
        var text = $"""

            MPilot.Jobs listens on {address}
            {Who(options)}
            Providers: {string.Join(", ", options.Providers.Keys.Order(StringComparer.Ordinal))}. Data: {Path.GetFullPath(options.Data)}


            """;
        var local = options.Providers.Where(p => p.Value.Kind == "local").Select(p => p.Key).Order(StringComparer.Ordinal).FirstOrDefault();
        return local is null ? text : text + $"""
            Cut out a picture{(options.Keys.Count > 0 ? ", with a key in MPILOT_KEY" : "")}:

              {CutOut(address, local, Picture(), options.Keys.Count > 0)}


            """;
    }

    /// <summary>A line for a shell that cuts the subject of a picture out and writes <c>cutout.png</c>.</summary>
    public static string CutOut(string address, string provider, string picture, bool needsKey = false)
        => $"curl -s {address}/v1/images/edits {(needsKey ? "-H \"x-bf-vk: $MPILOT_KEY\" " : "")}-F model={provider}/background-removal -F type=background_removal -F {Field(picture)}"
            + """ | sed 's/.*"b64_json":"\([^"]*\)".*/\1/' | base64 -d > cutout.png""";

    private static string Who(MPilotOptions options)
        => options.Keys.Count == 0
            ? """No keys are configured: it serves this machine only. "Keys":[{"Secret":"sk-bf-…","Tenant":"…"}] in the configuration opens it to others."""
            : string.Create(CultureInfo.InvariantCulture, $"Keys: {options.Keys.Count}. Every call needs one, in the header x-bf-vk or as Authorization: Bearer.");

    /// <summary>A path that says something to the shell or to curl is quoted for both.</summary>
    private static string Field(string picture)
    {
        if (picture.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-'))
        {
            return $"image=@{picture}";
        }

        var forCurl = picture.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"'image=@\"{forCurl.Replace("'", "'\\''", StringComparison.Ordinal)}\"'";
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
