using System.Text;

namespace MPilot.Jobs.EndToEnd.Tests.Hostile;

/// <summary>Requests whose heads are wrong, and reads of what is not there.</summary>
internal static class HostileHeaders
{
    private static readonly byte[] Body = [.. RequestWriter.Good.SelectMany(p => p), .. "--b--\r\n"u8];

    private static readonly string[] Paths =
    [
        "/v1/jobs/..%2f..%2fetc%2fpasswd", "/v1/jobs/%00", "/v1/jobs/job_%ff%fe", "/v1/jobs/job_x?wait=-1", "/v1/jobs/job_x?wait=1e9", "/v1/jobs/job_x/events", "/v1/jobs/job_x/result",
        "/v1/jobs?limit=-1", "/v1/jobs?limit=99999999999", "/v1/jobs?status=%27%20OR%201=1", "/v1/jobs?after=%00", "/v1/jobs?after=' UNION", "/v1/jobs?request_id=%F0%28%8C%28",
        "/v1/artifacts/..%2f..%2fjobs.db", "/v1/artifacts/x?exp=9999999999&kid=1&sig=AAAA", "/v1/artifacts/x?exp=NaN&kid=&sig=%00", "/v1/artifacts/x?exp=-9223372036854775808&kid=a&sig=b",
        "/v1/files/..%2f..%2fetc", "/v1/files/%00/content", "/v1/files?limit=x", "/v1/models/%2e%2e%2f", "/v1/models/openai%2F%00", "/v1/async/images/edits/x", "/v1/images/tasks/%FF",
        "/openapi/v1.json/../../x", "//", "/%", "/v1/images/edits", "/openai/deployments//images/edits",
    ];

    public static IEnumerable<HostileInput> All(RequestWriter writer)
        => Paths.Select(p => new HostileInput($"GET {p}", writer.Get(p)) { IsHarmless = true })
            .Concat(Heads(writer))
            .Concat(Headers().Select(h => new HostileInput($"header {h[..Math.Min(60, h.Length)]}", writer.Post(RequestWriter.FormType, Body, h))))
            .Concat(BrokenOff(writer));

    private static string[] Headers() =>
    [
        "Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site", "x-mpilot-deadline: never", "x-mpilot-deadline: -1", "x-mpilot-deadline: 1e308",
        $"Idempotency-Key: {new string('k', 256)}", "Idempotency-Key: a\r\nIdempotency-Key: b", $"X-Long: {new string('x', 100_000)}",
        string.Join("\r\n", Enumerable.Range(0, 200).Select(i => $"X-{i}: 1")), "Bad Name: 1", "NoColon", "X-Zero: a\0b", "Content-Length: 5", "Transfer-Encoding: gzip",
        "Transfer-Encoding: chunked", "Host: second.example", "Content-Type: text/plain",
    ];

    private static IEnumerable<HostileInput> Heads(RequestWriter writer) =>
    [
        new("no host", RequestWriter.Bare("POST /v1/images/edits HTTP/1.1", ["Content-Length: 0"], [])),
        new("a foreign host", RequestWriter.Bare("POST /v1/images/edits HTTP/1.1", ["Host: evil.example", "Content-Length: 0"], [])),
        new("no content type", writer.Request("POST /v1/images/edits HTTP/1.1", [$"Content-Length: {Body.Length}"], Body)),
        new("no length", writer.Request("POST /v1/images/edits HTTP/1.1", [$"Content-Type: {RequestWriter.FormType}"], [])),
        new("a negative length", writer.Request("POST /v1/images/edits HTTP/1.1", ["Content-Length: -1"], [])),
        new("a length that is no number", writer.Request("POST /v1/images/edits HTTP/1.1", ["Content-Length: 1e3"], [])),
        new("a length of 2^64", writer.Request("POST /v1/images/edits HTTP/1.1", ["Content-Length: 18446744073709551616"], [])),
        new("a bad chunk", writer.Request("POST /v1/images/edits HTTP/1.1", [$"Content-Type: {RequestWriter.FormType}", "Transfer-Encoding: chunked"], [.. "xyz\r\nab\r\n0\r\n\r\n"u8])),
        new("a chunk of 2^64", writer.Request("POST /v1/images/edits HTTP/1.1", [$"Content-Type: {RequestWriter.FormType}", "Transfer-Encoding: chunked"], [.. "FFFFFFFFFFFFFFFFF\r\n"u8])),
        new("an unknown method", writer.Request("BREW /v1/images/edits HTTP/1.1", ["Content-Length: 0"], [])),
        new("a method that is none", writer.Request("P@ST /v1/images/edits HTTP/1.1", ["Content-Length: 0"], [])),
        new("a version that is none", writer.Request("POST /v1/images/edits HTTP/9.9", ["Content-Length: 0"], [])),
        new("a path of 20 kB", writer.Get($"/{new string('a', 20_000)}")),
        new("an absolute target", writer.Get("https://evil.example/v1/jobs")) { IsHarmless = true },
        new("no request at all", [.. "\x16\x3\x1\x2\0\x1\0\x1\xFC\x3\x3 hello, is this TLS?\r\n\r\n"u8]),
        new("an escape in the target", RequestWriter.Bare("GET /\x7F\x1B[31m HTTP/1.1", ["Host: localhost"], [])),
        new("a stream that nobody can have", writer.Get("/v1/jobs/job_x/events", "Last-Event-ID: -1")),
        new("a range", writer.Get("/v1/artifacts/x", "Range: bytes=99999999999-0")),
    ];

    private static IEnumerable<HostileInput> BrokenOff(RequestWriter writer)
        => new[] { 0, 5, 120, Body.Length / 2, Body.Length - 20 }.Select(sent => new HostileInput(
            $"a body that breaks off after {sent} bytes",
            writer.Request("POST /v1/images/edits HTTP/1.1", [$"Content-Type: {RequestWriter.FormType}", $"Content-Length: {Body.Length}"], Body[..sent]))
        {
            BreaksOff = true,
        }).Append(new HostileInput("a chunk that breaks off", writer.Request(
            "POST /v1/images/edits HTTP/1.1", [$"Content-Type: {RequestWriter.FormType}", "Transfer-Encoding: chunked"], [.. "FF\r\n"u8, .. Encoding.ASCII.GetBytes("--b\r\n")]))
        {
            BreaksOff = true,
        });
}
