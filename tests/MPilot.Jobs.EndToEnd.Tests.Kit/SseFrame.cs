using System.Globalization;
using System.Text.Json.Nodes;

using Shouldly;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>One event of a stream of ours.</summary>
/// <param name="Id">Only in streams that can be resumed.</param>
public sealed record SseFrame(string Name, long? Id, JsonNode Json)
{
    public bool IsPartial => Name == "image_edit.partial_image";

    public bool IsCompleted => Name == "image_edit.completed";

    public long Sequence => (long)Json["sequence_number"]!;

    public int Image => (int)Json["image_index"]!;

    /// <summary>All events of a stream read to its end; comments are passed over.</summary>
    public static List<SseFrame> ParseAll(string text)
    {
        text.ShouldEndWith("\n\n");
        return [.. text.Split("\n\n")[..^1].Where(f => !f.StartsWith(':')).Select(Parse)];
    }

    /// <summary>Reads the one form a frame has: its name, its id if it has one, and one line of data.</summary>
    private static SseFrame Parse(string frame)
    {
        var lines = frame.Split('\n').Select(l => l.Split(": ", 2)).ToList();
        var names = lines.Select(l => l[0]).ToList();
        var id = names.Contains("id") ? long.Parse(lines[1][1], CultureInfo.InvariantCulture) : (long?)null;
        names.ShouldBe(id is null ? ["event", "data"] : ["event", "id", "data"], frame);
        return new(lines[0][1], id, JsonNode.Parse(lines[^1][1])!);
    }
}
