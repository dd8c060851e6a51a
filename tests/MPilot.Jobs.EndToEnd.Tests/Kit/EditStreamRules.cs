using System.Text.Json.Nodes;

using Shouldly;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>What holds for every stream that answers an edit, whatever happened on the way.</summary>
internal static class EditStreamRules
{
    private static readonly string[] Always =
        ["type", "b64_json", "created_at", "size", "quality", "background", "output_format", "image_index", "sequence_number", "id", "extra_fields"];

    private static readonly string[] Qualities = ["low", "medium", "high", "xhigh", "max", "auto"];

    /// <summary>Checks the frames of one answer.</summary>
    /// <param name="images">How many were asked for.</param>
    public static void ShouldHold(IReadOnlyList<SseFrame> frames, int images)
    {
        frames.ShouldAllBe(f => f.Id == null);
        frames.ShouldAllBe(f => (string)f.Json["type"]! == f.Name);
        frames.SkipLast(1).ShouldAllBe(f => f.Name != "error");
        var pictures = frames.Where(f => f.IsPartial || f.IsCompleted).ToList();
        pictures.ForEach(IsWhole);
        pictures.Select(f => (int)f.Json["extra_fields"]!["chunk_index"]!).ShouldBe(Enumerable.Range(0, pictures.Count));
        pictures.Select(f => (string)f.Json["id"]!).Distinct().Count().ShouldBeLessThanOrEqualTo(1);
        var numbered = frames.Where(f => f.Name != "error").ToList();
        numbered.Zip(numbered.Skip(1)).ShouldAllBe(p => p.First.Sequence < p.Second.Sequence);
        numbered.ShouldAllBe(f => f.Image >= 0 && f.Image < images);
        foreach (var image in pictures.Where(f => f.IsPartial).GroupBy(f => f.Image))
        {
            image.Select(f => (int)f.Json["partial_image_index"]!).ShouldBe(Enumerable.Range(0, image.Count()));
        }

        pictures.Where(f => f.IsCompleted).GroupBy(f => f.Image).ShouldAllBe(g => g.Count() == 1);
        pictures.GroupBy(f => f.Image).ShouldAllBe(g => g.SkipLast(1).All(f => f.IsPartial));
    }

    private static void IsWhole(SseFrame frame)
    {
        var json = frame.Json.AsObject();
        string[] own = frame.IsPartial ? ["partial_image_index"] : ["usage"];
        json.Select(m => m.Key).ShouldBe(Always.Concat(own), ignoreOrder: true);
        Qualities.ShouldContain((string?)json["quality"]);
        ((string?)json["extra_fields"]!["request_type"]).ShouldBe("image_edit_stream");
        ((int)json["extra_fields"]!["attempt"]!).ShouldBeGreaterThan(0);
        FormatOf(Convert.FromBase64String((string)json["b64_json"]!)).ShouldBe((string?)json["output_format"]);
        if (frame.IsCompleted)
        {
            IsCounted(json["usage"]!);
        }
    }

    private static void IsCounted(JsonNode usage)
    {
        JsonNode?[] counts =
        [
            usage["input_tokens"], usage["output_tokens"], usage["total_tokens"],
            usage["input_tokens_details"]?["image_tokens"], usage["input_tokens_details"]?["text_tokens"],
        ];
        counts.ShouldAllBe(c => c != null && (long)c >= 0);
    }

    private static string FormatOf(byte[] picture) => picture switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "png",
        [0xFF, 0xD8, ..] => "jpeg",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "webp",
        _ => "none",
    };
}
