using System.Text;
using System.Text.Json;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Streaming;
using MPilot.Jobs.Fuzz.Mutations;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Fuzz.Targets;

/// <summary>
/// The scanner of JSON, for requests and for answers: never throws, leaves nothing in the store, reads the same however the body comes, and takes
/// for JSON what is JSON and nothing else; what is in long strings is for the base64 decoder to judge.
/// </summary>
internal sealed class JsonTarget : IFuzzTarget
{
    /// <summary>The framework's parser leaves half surrogates in escapes to whoever reads the text.</summary>
    private const string NoUnicode = "The answer is not valid Unicode.";

    private static readonly string[] Words =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0022", "\\ud83d", "\\ude00", "\\/", "\"image\":", "\"mask\":\"\"", "{\"url\":", "\"data:image/png;base64,", "\"file_id\":\"file_x\"", "null", "true", "1e999",
        "-0", "01", "\u00e9", "\ufeff", "\r\n", "\0", "[[[[[[[[", "{\"a\":{\"a\":",
    ];

    private static readonly MPilotOptions Options = new();

    private readonly byte[][] _seeds = Seeds();

    private enum Verdict
    {
        Json,
        NoJson,
        NoUnicode,
    }

    public string Name => "json";

    public byte[] Next(Random random) => ByteMutation.Change(_seeds[random.Next(_seeds.Length)], random, Words);

    public async Task FeedAsync(byte[] input, Random random)
    {
        var whole = await RequestAsync(new MemoryStream(input, writable: false));
        var pieced = await RequestAsync(new PiecedStream(input, random));
        BrokenInvariantException.Unless(whole == pieced, $"in pieces it is read otherwise:\n{whole}\n---\n{pieced}");

        var answer = await AnswerAsync(new MemoryStream(input, writable: false));
        BrokenInvariantException.Unless(answer == await AnswerAsync(new PiecedStream(input, random)), "in pieces it is another answer");
        BrokenInvariantException.Unless(answer != Verdict.NoJson || !IsJson(input), "it is JSON and not taken for it");
        BrokenInvariantException.Unless(answer != Verdict.Json || input.Length > JsonSpill.LongString || IsJson(input), "it is taken for JSON and is none");
    }

    private static Task<string> RequestAsync(Stream body)
        => BodyFeeding.FeedAsync((pictures, form) => new JsonBodyReader(pictures, Options).ReadAsync(form, body, Caller.Keyless, CancellationToken.None));

    private static async Task<Verdict> AnswerAsync(Stream body)
    {
        var verdict = Verdict.NoJson;
        await BodyFeeding.FeedAsync(async (pictures, _) =>
        {
            var outcome = await JsonSpill.ReadAsync(body, token => pictures.BeginAsync("default", Domain.Edits.ArtifactRole.Result, token), CancellationToken.None);
            if (outcome is SpillOutcome.Complete { Json: var json })
            {
                verdict = Verdict.Json;
                await json.DisposeAsync();
            }
            else if (outcome is SpillOutcome.Broken { Reason: NoUnicode })
            {
                verdict = Verdict.NoUnicode;
            }

            return null;
        });
        return verdict;
    }

    private static bool IsJson(byte[] input)
    {
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(input);

            // A mark at the beginning is passed over by all who read requests.
            using var document = JsonDocument.Parse(input.AsMemory(input.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0));
            return true;
        }
        catch (Exception malformed) when (malformed is JsonException or DecoderFallbackException)
        {
            return false;
        }
    }

    private static byte[][] Seeds()
    {
        var base64 = Convert.ToBase64String(Png.Gradient(8, 8));
        var large = Convert.ToBase64String(Png.Heavy(14_000));
        return
        [
            .. new[]
            {
                $"{{\"model\":\"openai/gpt-image-2\",\"prompt\":\"make it \\u00fc\",\"image\":\"{base64}\",\"n\":2}}",
                $"{{\"images\":[{{\"image_url\":{{\"url\":\"data:image/png;base64,{base64}\"}}}},\"https://example.com/a.png\",{{\"file_id\":\"file_1\"}}],\"metadata\":{{\"k\":\"v\"}},\"stream\":false}}",
                $"{{\"mask\":{{\"image\":\"{large}\"}},\"image\":\"{large.Replace("/", "\\/", StringComparison.Ordinal)}\",\"fallbacks\":[\"a/b\",{{\"provider\":\"c\",\"model\":\"d\"}}]}}",
                "{\"created\":1,\"data\":[{\"b64_json\":\"AAAA\",\"index\":0}],\"usage\":{\"total_tokens\":1.5e3},\"x\":[null,true,-0.1]}",
            }.Select(Encoding.UTF8.GetBytes),
        ];
    }
}
