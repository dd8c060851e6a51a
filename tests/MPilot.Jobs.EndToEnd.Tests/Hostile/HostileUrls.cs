using System.Text.Json.Nodes;

namespace MPilot.Jobs.EndToEnd.Tests.Hostile;

/// <summary>References that lead inside, nowhere, or to something else than https.</summary>
internal static class HostileUrls
{
    private static readonly string[] Urls =
    [
        "http://example.com/a.png", "ftp://example.com/a.png", "file:///etc/passwd", "gopher://127.0.0.1:6379/_INFO", "javascript:alert(1)", "https://", "https:///a.png",
        "https://user:secret@127.0.0.1/", "https://127.0.0.1/", "https://127.1/", "https://0/", "https://0x7f.0.0.1/", "https://0x7f000001/", "https://2130706433/",
        "https://017700000001/", "https://0177.0.0.1/", "https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/", "https://[::127.0.0.1]/", "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/", "https://[fd00::1]/", "https://[fe80::1]/", "https://[fe80::1%25eth0]/", "https://169.254.169.254/latest/meta-data/", "https://100.64.0.1/",
        "https://10.0.0.1/", "https://172.16.0.1/", "https://192.168.0.1/", "https://255.255.255.255/", "https://224.0.0.1/", "https://0.0.0.0/", "https://localhost/",
        "https://localhost./", "https://LOCALHOST:443/", "https://127.0.0.1:22/", "https://127.0.0.1:99999/", "https://exa mple/", "https://[::1/", "https://%31%32%37.0.0.1/",
        "https://①②⑦.⓪.⓪.①/", "https://127。0。0。1/", "https://127.0.0.1\\@example.com/", "https://x\r\nX-Evil: 1/", $"https://127.0.0.1/{new string('a', 9_000)}",
        "data:image/svg+xml,<svg/>", "data:image/png;base64,", "data:text/html;base64,PGh0bWw+", "data:;base64,AAAA", "data:image/png;base64,!!!!", "data:",
    ];

    public static IEnumerable<HostileInput> All(RequestWriter writer)
        => Urls.SelectMany(url => new HostileInput[]
        {
            new($"json image {url}", writer.Json(Edit(new() { ["image"] = url }))),
            new($"form mask {url}", writer.FormWith(RequestWriter.Text("mask", url))),
        });

    private static string Edit(JsonObject edit)
    {
        edit["model"] = "openai/gpt-image-2";
        edit["prompt"] = "p";
        return edit.ToJsonString();
    }
}
