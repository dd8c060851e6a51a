using System.Text;
using System.Text.RegularExpressions;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>Edit requests recorded from real clients.</summary>
public static class Recordings
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    /// <summary>All of them, by file name.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.http").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    /// <summary>A recorded request, byte for byte but for path and host.</summary>
    public static byte[] Readdressed(string name, Uri address)
    {
        // Latin-1 maps every byte to one character and back.
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(Folder, name)));
        text = Regex.Replace(text, @"^POST \S+ ", "POST /v1/images/edits ");
        text = Regex.Replace(text, @"(?<=\r\nhost: )[^\r]+", address.Authority, RegexOptions.IgnoreCase);
        return Encoding.Latin1.GetBytes(text);
    }
}
