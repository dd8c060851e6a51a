using System.Text;

using Microsoft.AspNetCore.WebUtilities;

namespace MPilot.Jobs.Api.Edits;

/// <summary>What a part's <c>Content-Disposition</c> says. File names are looked at only for being there, never kept.</summary>
/// <param name="Name">The field.</param>
/// <param name="HasFileName">Whether a file name is given, in either form, empty or not.</param>
/// <param name="IsUnnamedFile">Whether the file name is empty: a browser's untouched file input.</param>
internal sealed record PartName(string Name, bool HasFileName, bool IsUnnamedFile)
{
    /// <summary>Reads the one header of a part. <c>null</c> where there is no name, or more than one header.</summary>
    public static PartName? Read(MultipartSection part)
        => part.Headers is { } headers && headers.TryGetValue("Content-Disposition", out var values) && values is [var one] ? Read(one) : null;

    /// <summary>Reads names with and without quotes, in any order. <c>null</c> where there is no name.</summary>
    public static PartName? Read(string? disposition)
    {
        if (disposition is null || !disposition.Split(';', 2)[0].Trim().Equals("form-data", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // Of two names each reader takes its own: such a part has none.
        string? name = null;
        var names = 0;
        string? fileName = null;
        var rest = disposition.AsSpan("form-data".Length);
        while (NextParameter(ref rest, out var key, out var value))
        {
            switch (key.ToUpperInvariant())
            {
                case "NAME":
                    name = value;
                    names++;
                    break;
                case "FILENAME" or "FILENAME*":
                    fileName = fileName is null or "" ? value : fileName;
                    break;
            }
        }

        return string.IsNullOrEmpty(name) || names > 1 ? null : new(name, fileName is not null, fileName is "");
    }

    private static bool NextParameter(ref ReadOnlySpan<char> rest, out string key, out string value)
    {
        key = value = "";
        var start = rest.IndexOf(';');
        if (start < 0)
        {
            return false;
        }

        rest = rest[(start + 1)..];
        var end = rest.IndexOfAny('=', ';');
        if (end < 0 || rest[end] == ';')
        {
            return true;
        }

        key = rest[..end].Trim().ToString();
        rest = rest[(end + 1)..].TrimStart();
        value = rest.StartsWith("\"") ? Quoted(ref rest) : Token(ref rest);
        return true;
    }

    private static string Token(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf(';');
        var token = end < 0 ? rest : rest[..end];
        rest = rest[token.Length..];
        return token.Trim().ToString();
    }

    private static string Quoted(ref ReadOnlySpan<char> rest)
    {
        var text = new StringBuilder();
        var i = 1;
        for (; i < rest.Length && rest[i] != '"'; i++)
        {
            var isEscape = rest[i] == '\\' && i + 1 < rest.Length && rest[i + 1] is '"' or '\\';
            i += isEscape ? 1 : 0;
            text.Append(rest[i]);
        }

        rest = rest[Math.Min(i + 1, rest.Length)..];
        return text.ToString();
    }
}
