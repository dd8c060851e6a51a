using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace MPilot.Jobs.Api.Documentation;

/// <summary>An answer a route may give. Several may have the same status.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Meaning">When it is given.</param>
internal sealed record AnswerDoc(int Status, string Meaning)
{
    public string ContentType { get; init; } = "application/json";

    /// <summary>The records its JSON, or each event of its stream, is one of. None: bytes, or nothing at all where there is no content type.</summary>
    public ImmutableArray<Type> Bodies { get; init; } = [];

    /// <summary>Bodies by a name that tells when they are given.</summary>
    public ImmutableArray<(string Name, JsonNode Body)> Examples { get; init; } = [];

    /// <summary>Headers that say something, with what they say.</summary>
    public ImmutableArray<(string Name, string Rule)> Headers { get; init; } = [];

    /// <summary>Whether its body is one record.</summary>
    public bool IsOneRecord => Bodies.Length == 1;

    /// <summary>JSON of one record.</summary>
    public static AnswerDoc Json<T>(int status, string meaning, JsonTypeInfo<T> type, params ReadOnlySpan<(string Name, T Body)> examples)
    {
        var bodies = ImmutableArray.CreateBuilder<(string, JsonNode)>();
        foreach (var (name, body) in examples)
        {
            bodies.Add((name, JsonSerializer.SerializeToNode(body, type)!));
        }

        return new(status, meaning) { Bodies = [typeof(T)], Examples = bodies.ToImmutable() };
    }

    /// <summary>A picture, in any of the formats pictures are kept in.</summary>
    public static IEnumerable<AnswerDoc> Picture(int status, string meaning)
        => from type in (string[])["image/png", "image/jpeg", "image/webp"] select new AnswerDoc(status, meaning) { ContentType = type };

    /// <summary>No body.</summary>
    public static AnswerDoc Empty(int status, string meaning) => new(status, meaning) { ContentType = "" };
}
