using System.Text;

using static MPilot.Jobs.EndToEnd.Tests.Hostile.RequestWriter;

namespace MPilot.Jobs.EndToEnd.Tests.Hostile;

/// <summary>Multipart bodies that are none, or that mean something else to every reader.</summary>
internal static class HostileForms
{
    private static readonly byte[] Whole = [.. Good.SelectMany(p => p), .. "--b--\r\n"u8];

    public static IEnumerable<HostileInput> All(RequestWriter writer)
        => Bodies().Select(b => new HostileInput($"form {b.Name}", writer.Post(FormType, b.Body)))
            .Concat(Parts().Select(p => new HostileInput($"part {p.Name}", writer.FormWith(p.Body))))
            .Concat(Types().Select(t => new HostileInput($"content type {t[..Math.Min(60, t.Length)]}", writer.Post(t, Whole))))
            .Concat(Cuts().Select(c => new HostileInput($"form cut at {c}", writer.Post(FormType, Whole[..c]))));

    private static IEnumerable<(string Name, byte[] Body)> Bodies() =>
    [
        ("empty", []), ("only the end", [.. "--b--\r\n"u8]), ("only a boundary", [.. "--b\r\n"u8]), ("another boundary", [.. "--c\r\n\r\nx\r\n--c--\r\n"u8]),
        ("text", [.. "hello"u8]), ("zeros", new byte[200_000]), ("boundaries", [.. Enumerable.Repeat("--b\r\n"u8.ToArray(), 20_000).SelectMany(b => b)]),
        ("line ends", [.. Enumerable.Repeat("\r\n"u8.ToArray(), 100_000).SelectMany(b => b)]), ("dashes", [.. Enumerable.Repeat((byte)'-', 200_000)]),
        ("parts without end", [.. Enumerable.Repeat(Text("x", "1"), 129).SelectMany(b => b)]), ("bare line feeds", Encoding.ASCII.GetBytes("--b\nContent-Disposition: form-data; name=\"model\"\n\nx\n--b--\n")),
        ("a preamble of a megabyte", [.. new byte[1 << 20], .. "\r\n"u8, .. Good[0], .. "--b--"u8]),
        ("a form in a form", Part("Content-Type: multipart/mixed; boundary=c", [.. "--c\r\n\r\nx\r\n--c--"u8])),
    ];

    private static IEnumerable<(string Name, byte[] Body)> Parts() =>
    [
        ("without a name", Part("Content-Disposition: form-data", [1])), ("with an empty name", Part("Content-Disposition: form-data; name=\"\"", [1])),
        ("with two names", Part("Content-Disposition: form-data; name=\"n\"; name=\"seed\"", [.. "1"u8])),
        ("with two dispositions", Part("Content-Disposition: form-data; name=\"n\"\r\nContent-Disposition: form-data; name=\"seed\"", [.. "1"u8])),
        ("without a disposition", Part("X-Other: 1", [1])), ("that is an attachment", Part("Content-Disposition: attachment; name=\"n\"", [.. "1"u8])),
        ("without headers", [.. "--b\r\n\r\nx\r\n"u8]), ("with a header of 20 kB", Part($"Content-Disposition: form-data; name=\"n\"\r\nX: {new string('x', 20_000)}", [.. "1"u8])),
        ("with 100 headers", Part($"Content-Disposition: form-data; name=\"n\"{string.Concat(Enumerable.Range(0, 100).Select(i => $"\r\nX{i}: 1"))}", [.. "1"u8])),
        ("with a header that is none", Part("Content-Disposition: form-data; name=\"n\"\r\nnonsense", [.. "1"u8])),
        ("not utf-8", Part("Content-Disposition: form-data; name=\"user\"", [0xC3, 0x28])), ("that is a file where text belongs", File("prompt2", [1, 2, 3])),
        ("with a traversing name", Part("Content-Disposition: form-data; name=\"n\"; filename=\"../../../etc/passwd\"", [.. "99"u8])),
        ("of another encoding", Part("Content-Disposition: form-data; name=\"n\"\r\nContent-Transfer-Encoding: base64", [.. "MQ=="u8])),
        ("with an unclosed quote", Part("Content-Disposition: form-data; name=\"n", [.. "99"u8])), ("17 pictures", [.. Enumerable.Repeat(File("image[]", Picture), 16).SelectMany(b => b)]),
        ("two masks", [.. File("mask", Picture), .. File("mask", Picture)]), ("an empty file", File("image", [])), ("a mask of text", Text("mask", "no picture")),
    ];

    private static string[] Types() =>
    [
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"", $"multipart/form-data; boundary={new string('b', 300)}", "multipart/mixed; boundary=b",
        "text/plain", "application/x-www-form-urlencoded", "image/png", "*/*", "nonsense", "application/json; charset=utf-16", "application/json; charset=utf-7", "application/jsonp",
        "multipart/form-data; boundary=c", "multipart/form-data; boundary=b--",
    ];

    private static IEnumerable<int> Cuts() => [1, 3, 10, 60, 110, 250, 400, Whole.Length - 40, Whole.Length - 9];
}
