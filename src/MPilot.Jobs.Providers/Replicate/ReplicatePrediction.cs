using System.Text.Json;

using MPilot.Jobs.Engine.Streaming;
using MPilot.Jobs.Providers.Wire;

namespace MPilot.Jobs.Providers.Replicate;

/// <summary>Reads a prediction, as far as it is one.</summary>
internal static class ReplicatePrediction
{
    private const int LongestId = 128;

    /// <summary>Its id; <c>null</c> where there is none that could stand in an address.</summary>
    public static string? IdOf(SpilledJson json)
        => Text(json, "id") is { } id && IsId(id) ? id : null;

    /// <summary>Whether a text can be an id of Replicate's.</summary>
    public static bool IsId(string text) => text.Length is > 0 and <= LongestId && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    public static ReplicateStatus StatusOf(SpilledJson json) => Text(json, "status") switch
    {
        "succeeded" => ReplicateStatus.Succeeded,
        "failed" => ReplicateStatus.Failed,
        "canceled" or "aborted" => ReplicateStatus.Canceled,
        _ => ReplicateStatus.Running,
    };

    /// <summary>What it made, in order: links, or pictures as data URLs.</summary>
    public static IEnumerable<JsonElement> OutputsOf(SpilledJson json) => json.Root.Member("output") switch
    {
        { ValueKind: JsonValueKind.String } one => [one],
        { ValueKind: JsonValueKind.Array } several => several.EnumerateArray().Where(o => o.ValueKind == JsonValueKind.String),
        _ => [],
    };

    /// <summary>Why it failed.</summary>
    public static string? ErrorOf(SpilledJson json) => Text(json, "error");

    /// <summary>Whether what it made is deleted already.</summary>
    public static bool IsRemoved(SpilledJson json) => json.Root.Member("data_removed") is { ValueKind: JsonValueKind.True };

    private static string? Text(SpilledJson json, string name) => json.Root.Member(name) is { } element ? json.Text(element) : null;
}
