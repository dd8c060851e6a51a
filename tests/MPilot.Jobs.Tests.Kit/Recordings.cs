using System.Globalization;
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
    public static byte[] Readdressed(string name, Uri address) => Encoding.Latin1.GetBytes(Read(name, address));

    /// <summary>The same with fields set: a one-digit value that was recorded is replaced, any other field comes first in the form. The framing stays.</summary>
    public static byte[] With(string name, Uri address, params (string Name, string Value)[] fields)
    {
        var text = Read(name, address);
        var missing = fields.Where(f => !TryReplace(ref text, f.Name, f.Value)).ToList();
        var boundary = Regex.Match(text, @"(?<=\r\ncontent-type: multipart/form-data; boundary="")[^""]+|(?<=boundary=)[^""\r]+", RegexOptions.IgnoreCase).Value;
        var parts = string.Concat(missing.Select(f => $"--{boundary}\r\nContent-Disposition: form-data; name=\"{f.Name}\"\r\n\r\n{f.Value}\r\n"));
        return Encoding.Latin1.GetBytes(Prepend(text, parts));
    }

    /// <summary>Puts bytes in front of a body, in a chunk of their own where the body comes in chunks.</summary>
    private static string Prepend(string request, string bytes)
    {
        if (Regex.IsMatch(request, @"\r\ntransfer-encoding: chunked\r\n", RegexOptions.IgnoreCase))
        {
            bytes = string.Create(CultureInfo.InvariantCulture, $"{bytes.Length:x}\r\n{bytes}\r\n");
        }
        else
        {
            request = Regex.Replace(
                request, @"(?<=\r\ncontent-length: )\d+", m => (int.Parse(m.Value, CultureInfo.InvariantCulture) + bytes.Length).ToString(CultureInfo.InvariantCulture),
                RegexOptions.IgnoreCase);
        }

        return request.Insert(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4, bytes);
    }

    private static bool TryReplace(ref string request, string field, string value)
    {
        var recorded = new Regex($@"(?<=form-data; name=""?{Regex.Escape(field)}""?\r\n\r\n)\d(?=\r\n)");
        var isThere = recorded.IsMatch(request);
        request = recorded.Replace(request, value);
        return isThere;
    }

    private static string Read(string name, Uri address)
    {
        // Latin-1 maps every byte to one character and back.
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(Folder, name)));
        text = Regex.Replace(text, @"^POST \S+ ", "POST /v1/images/edits ");
        return Regex.Replace(text, @"(?<=\r\nhost: )[^\r]+", address.Authority, RegexOptions.IgnoreCase);
    }
}
