using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace MPilot.Jobs.Api.Documentation;

/// <summary>A body a route takes, in one encoding.</summary>
/// <param name="ContentType">The encoding.</param>
/// <param name="Fields">Its fields or members.</param>
internal sealed record BodyDoc(string ContentType, ImmutableArray<FieldDoc> Fields)
{
    /// <summary>Whole bodies by a name that tells what they show. None: one is made of the examples of the fields.</summary>
    public ImmutableArray<(string Name, JsonNode Body)> Examples { get; init; } = [];

    public static BodyDoc Form(ImmutableArray<FieldDoc> fields) => new("multipart/form-data", fields);

    public static BodyDoc Json(ImmutableArray<FieldDoc> fields) => new("application/json", fields);
}
