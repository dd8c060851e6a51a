using System.Text;

namespace MPilot.Jobs.EndToEnd.Tests.Hostile;

/// <summary>Values no field takes, each in an otherwise good form.</summary>
internal static class HostileFields
{
    private static readonly string[] NoIntegers =
        ["abc", "1.5", "1e3", "0x10", "1,000", "--1", "９", "٣", "1 2", "9223372036854775808", "-9223372036854775809", "NaN", "∞", "null", "true", "1\0", "1_0"];

    private static readonly string[] NoChoices = ["'; DROP TABLE jobs; --", "<script>", "../../etc/passwd", "HIGH ", "true\0"];

    private static readonly string[] NoSizes =
    [
        "0x0", "-1x5", "1024X1024", "1024×1024", "1024x", "x1024", "1024x1024x1024", "99999999999x1", "1e3x1e3", " 1024x1024", "65536x1", "50000x50000",
        "1024x1024\0", "auto,auto", "１０２４x１０２４",
    ];

    public static IEnumerable<HostileInput> All(RequestWriter writer)
        => Values().Select(v => new HostileInput($"{v.Name}={Shown(v.Value)}", writer.FormWith(RequestWriter.Text(v.Name, v.Value))))
            .Concat(Models().Select(m => new HostileInput($"model={Shown(m)}", writer.Form([RequestWriter.Text("model", m), .. RequestWriter.Good[1..]]))))
            .Concat(Together().Select(t => new HostileInput(
                string.Join(", ", t.Select(f => $"{f.Name}={Shown(f.Value)}")), writer.FormWith([.. t.Select(f => RequestWriter.Text(f.Name, f.Value))]))));

    private static IEnumerable<(string Name, string Value)> Values()
        => Each(["n", "output_compression", "num_inference_steps", "partial_images", "seed"], NoIntegers)
            .Concat(Each(["background", "quality", "input_fidelity", "output_format", "response_format", "type", "mask_polarity", "unsupported", "stream"], NoChoices))
            .Concat(Each(["size"], NoSizes))
            .Concat(Each(["n"], ["0", "11", "-1"]))
            .Concat(Each(["deadline"], ["-1", "0", "NaN", "Infinity", "1e9", "604801", "0x10", "1\0", "00:01:00", "١", "0.00000000001"]))
            .Concat(Each(["metadata"], Metadata()))
            .Concat(Each(["fallbacks"], Fallbacks()))
            .Concat([
                ("metadata[", "x"), ("metadata[]", "x"), ("fallbacks[", "x"), ("fallbacks[99999999999]", "openai/gpt-image-2"), ("fallbacks[0][0][0]", "x"),
                ("fallbacks[][model]", "x"), ("prompt", "a second one"), ("model", "openai/gpt-image-2"), (new string('y', 5_000), "x"),
                ("negative_prompt", new string('n', 300_000)), ("webhook_url", "https://127.0.0.1/"), ("output_url", "file:///etc/passwd"), ("prompt", new string('p', 40_000)),
            ]);

    private static string[] Metadata() =>
    [
        new string('[', 5_000), "{\"a\":null}", "{\"a\":\"\\ud800\"}", "{\"\\udfff\":\"a\"}", "{\"a\":\"1\",\"a\":\"2\"}", "[]", "{", "\"x\"", "{\"\":\"x\"}",
        $"{{\"{new string('k', 65)}\":\"x\"}}", $"{{\"k\":\"{new string('v', 513)}\"}}", $"{{{string.Join(',', Enumerable.Range(0, 17).Select(i => $"\"k{i}\":\"v\""))}}}",
    ];

    private static string[] Fallbacks() =>
    [
        new string('[', 5_000), "[[]]", "[null]", "[1e999]", "[\"\"]", "[{}]", "{\"provider\":\"openai\"}", "[{\"provider\":\"openai\",\"model\":\"\\ud800\"}]", "/", "//", "openai/",
        "/gpt-image-2", "nobody/x", $"openai/{new string('m', 300)}", $"[{string.Join(',', Enumerable.Repeat("\"openai/gpt-image-2\"", 17))}]", "openai/gpt-image-2\0",
        "[\"openai/gpt-image-2\",]", "[\"openai/gpt-image-2\"] x",
    ];

    private static string[] Models() =>
        ["\0", " ", "/", "openai/", "/gpt-image-2", "openai//", "../../etc/passwd", new string('m', 257), "openai/gpt-image-2\0", "openai/gpt-image-2\r\nX-Evil: 1", "openai/\u202Egpt"];

    private static IEnumerable<(string Name, string Value)[]> Together() =>
    [
        [("background", "transparent"), ("output_format", "jpeg")],
        [("type", "background_removal"), ("background", "opaque")],
        [("type", "background_removal"), ("output_format", "jpg")],
        [("n", "1"), ("n", "1")],
        [("stream", "true"), ("stream", "false")],
        [("fallbacks[0]", "openai/gpt-image-2"), ("fallbacks[00]", "openai/gpt-image-2")],
        [("fallbacks[0][provider]", "openai"), ("fallbacks[1][model]", "gpt-image-2")],
        [("metadata[k]", "1"), ("metadata[k]", "2")],
        [.. Enumerable.Range(0, 33).Select(i => ($"x{i}", "1"))],
        [.. Enumerable.Range(0, 200).Select(i => ($"y{i}", "1"))],
        [.. Enumerable.Range(0, 6).Select(i => ($"z{i}", new string('z', 200_000)))],
    ];

    private static IEnumerable<(string Name, string Value)> Each(string[] names, string[] values) => names.SelectMany(n => values.Select(v => (n, v)));

    private static string Shown(string text)
    {
        var shown = new StringBuilder();
        foreach (var letter in text.Take(40))
        {
            shown.Append(char.IsControl(letter) ? '�' : letter);
        }

        return shown.ToString();
    }
}
