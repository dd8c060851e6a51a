using System.Text.Json.Nodes;

using MPilot.Jobs.Api.Edits;

namespace MPilot.Jobs.Api.Streams;

/// <summary>One event of a stream, ready but for its picture.</summary>
/// <param name="Name">The event's name, which is also the member <c>type</c>.</param>
/// <param name="Json">One line of JSON, with an empty <c>b64_json</c> where a picture goes.</param>
/// <param name="Gap">Where the picture's base64 goes.</param>
internal sealed record Frame(string Name, ReadOnlyMemory<byte> Json, AnswerGap? Gap)
{
    /// <summary>The member that stands in for a picture that is gone.</summary>
    public const string ExpiredName = "image_expired";

    /// <summary>The same event once its picture is gone.</summary>
    public Frame Expired()
    {
        var json = JsonNode.Parse(Json.Span)!.AsObject();
        json.Remove("b64_json");
        json[ExpiredName] = true;
        return this with { Json = System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()), Gap = null };
    }
}
