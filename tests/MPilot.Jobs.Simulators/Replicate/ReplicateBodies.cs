using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MPilot.Jobs.Simulators.Replicate;

/// <summary>The documents the API answers with.</summary>
internal static class ReplicateBodies
{
    /// <summary>A prediction but for its output, which stands where <see cref="Output"/> does.</summary>
    public const string Output = "\"OUTPUT\"";

    public static byte[] Error(ReplicateRefusal refusal)
    {
        var body = new JsonObject { ["detail"] = refusal.Detail, ["status"] = refusal.Status };
        if (refusal.Title is not null) body.Insert(0, "title", refusal.Title);
        if (refusal.Fields is { } fields)
            body["invalid_fields"] = new JsonArray([.. fields.Select(field => (JsonNode)new JsonObject { ["type"] = "invalid", ["field"] = $"input.{field}" })]);
        return Bytes(body);
    }

    public static byte[] File(ReplicateFile file) => Bytes(new JsonObject
    {
        ["id"] = file.Id,
        ["name"] = file.Part.FileName,
        ["content_type"] = file.Part.ContentType,
        ["size"] = file.Part.Length,
        ["etag"] = file.Part.Sha256[..32],
        ["checksums"] = new JsonObject { ["sha256"] = file.Part.Sha256 },
        ["metadata"] = new JsonObject(),
        ["created_at"] = Moment(file.Created),
        ["expires_at"] = Moment(file.Expires),
        ["urls"] = new JsonObject { ["get"] = file.Link },
    });

    /// <param name="prediction">What is told of.</param>
    /// <param name="state">At which moment.</param>
    /// <param name="address">The simulator's.</param>
    public static string Prediction(ReplicatePrediction prediction, ReplicateState state, string address)
    {
        var removed = prediction.IsRemoved;
        var self = $"{address}/v1/predictions/{prediction.Id}";
        return new JsonObject
        {
            ["id"] = prediction.Id,
            ["model"] = prediction.Model.Name,
            ["version"] = prediction.Model.Version ?? "hidden",
            ["input"] = removed ? new JsonObject() : prediction.Input.DeepClone(),
            ["logs"] = removed ? null : "Using seed: 42\n",
            ["output"] = state.Status == "succeeded" && !removed && !prediction.Action.EmptyData ? "OUTPUT" : null,
            ["data_removed"] = removed,
            ["error"] = state.Error,
            ["status"] = state.Status,
            ["created_at"] = Moment(state.Created),
            ["started_at"] = state.Started is { } start ? Moment(start) : null,
            ["completed_at"] = state.Completed is { } end ? Moment(end) : null,
            ["urls"] = new JsonObject
            {
                ["get"] = self, ["cancel"] = $"{self}/cancel", ["stream"] = $"https://stream.replicate.com/v1/files/{prediction.Id}", ["web"] = $"https://replicate.com/p/{prediction.Id}",
            },
            ["metrics"] = state is { Completed: { } ended, Started: { } began }
                ? new JsonObject { ["predict_time"] = (ended - began).TotalSeconds, ["total_time"] = (ended - state.Created).TotalSeconds }
                : new JsonObject(),
        }.ToJsonString();
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static string Moment(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static byte[] Bytes(JsonObject body) => JsonSerializer.SerializeToUtf8Bytes(body);
}
