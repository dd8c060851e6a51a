using System.Text;

namespace MPilot.Jobs.EndToEnd.Tests.Hostile;

/// <summary>Bodies that are no JSON, or JSON no edit is.</summary>
internal static class HostileJson
{
    private const string Wish = "\"model\":\"openai/gpt-image-2\",\"prompt\":\"p\"";

    private static readonly string Base64 = Convert.ToBase64String(RequestWriter.Picture);

    public static IEnumerable<HostileInput> All(RequestWriter writer)
        => Bodies().Concat(Members().Select(m => $"{{{Wish},{m}}}")).Concat(Pictures().Select(p => $"{{{Wish},\"image\":{p}}}"))
            .Select(body => new HostileInput($"json {body[..Math.Min(60, body.Length)]}", writer.Json(body)))
            .Concat(Raw().Select(raw => new HostileInput($"json {raw.Name}", writer.Post("application/json", raw.Body))));

    private static string[] Bodies() =>
    [
        "", " ", "{", "}", "[]", "null", "true", "1", "\"x\"", "{}", "{]", "{\"a\"}", "{\"a\":}", "{,}", "{'model':'x'}", "// a\n{}", "{}{}", "{} x", "NaN", "{\"a\":NaN}",
        "{\"a\":01}", "{\"a\":1.}", "{\"a\":+1}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\n\"}", "{\"a\":\"\\", new string('[', 100_000), new string('{', 100_000),
        string.Concat(Enumerable.Repeat("{\"a\":", 50_000)),
    ];

    private static string[] Members() =>
    [
        Image("\"n\":1e999999"), Image("\"n\":\"\\u0000\""), Image("\"n\":true"), Image("\"n\":[1]"), Image("\"n\":{}"), Image("\"n\":1,\"n\":1"), Image("\"seed\":1e400"),
        Image("\"seed\":9223372036854775808"), Image("\"prompt\":\"again\""), Image("\"stream\":\"maybe\""), Image("\"size\":1024"), Image("\"type\":null,\"type\":null"),
        Image("\"metadata\":[]"), Image($"\"metadata\":{new string('[', 60)}{new string(']', 60)}"), Image("\"fallbacks\":[{\"provider\":1}]"), Image("\"fallbacks\":true"),
        Image("\"__proto__\":{\"admin\":true}"), Image("\"x\":[]"), Image("\"user\":\"\\ud800\""), Image("\"\\ud800\":1"), Image("\"deadline\":-0.0"), Image("\"deadline\":1e308"),
        Image(string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"m{i}\":1"))), Image($"\"negative_prompt\":\"{new string('n', 2_000_000)}\""),
        $"\"images\":[{string.Join(',', Enumerable.Repeat($"\"{Base64}\"", 17))}]", $"\"images\":[{string.Join(',', Enumerable.Repeat("null", 300))}]",
        $"\"image\":\"{Base64}\",\"mask\":[\"{Base64}\",\"{Base64}\"]", "\"images\":[]", "\"images\":[[]]", "\"images\":{}", "\"image\":null", "\"image\":\"\"",
    ];

    private static string[] Pictures() =>
    [
        "{}", "[]", "[{}]", "1", "true", "{\"url\":null}", "{\"url\":{}}", "{\"image_url\":{\"url\":{}}}", "{\"image_url\":[]}", "{\"file_id\":1}", "{\"file_id\":\"../../etc/passwd\"}",
        "{\"file_id\":\"\\u0000\"}", $"{{\"file_id\":\"{new string('f', 9_000)}\"}}", "{\"file_id\":\"file_x\",\"url\":\"https://127.0.0.1/\"}", "{\"evil\":\"x\"}", "\"not base64 !!\"",
        "\"AAAA\"", "\"====\"", $"\"{Base64[..^5]}\"", $"\"{new string('A', 100_000)}\"", $"\"{new string('!', 100_000)}\"", $"\"{new string('\u00e9', 50_000)}\"",
        "{\"type\":\"image_url\"}", $"{{\"image\":\"{Base64}\",\"image\":\"{Base64}\"}}",
    ];

    private static IEnumerable<(string Name, byte[] Body)> Raw() =>
    [
        ("not utf-8", [.. "{\"prompt\":\""u8, 0xC3, 0x28, .. "\"}"u8]),
        ("overlong utf-8", [.. "{\"prompt\":\""u8, 0xC0, 0x80, .. "\"}"u8]),
        ("surrogates in utf-8", [.. "{\"prompt\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8]),
        ("utf-16", Encoding.Unicode.GetBytes("{\"model\":\"x\"}")),
        ("zeros", new byte[100_000]),
        ("a picture", RequestWriter.Picture),
        ("not utf-8 in a picture", [.. Encoding.ASCII.GetBytes($"{{{Wish},\"image\":\""), .. Enumerable.Repeat((byte)0xFF, 40_000), .. "\"}"u8]),
    ];

    private static string Image(string member) => $"\"image\":\"{Base64}\",{member}";
}
