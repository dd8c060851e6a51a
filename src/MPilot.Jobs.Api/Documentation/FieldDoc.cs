using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace MPilot.Jobs.Api.Documentation;

/// <summary>A field of a form, or a parameter.</summary>
/// <param name="Name">As it is sent.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Rule">What it is for and what it may be.</param>
internal sealed record FieldDoc(string Name, FieldKind Kind, string Rule)
{
    public bool IsRequired { get; init; }

    /// <summary>The only values it may have.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>The least number; of pictures and texts the least count.</summary>
    public long? Min { get; init; }

    /// <summary>The largest number; of a text its characters, of pictures and texts their count.</summary>
    public long? Max { get; init; }

    /// <summary>What an entry of an array of objects may have besides what all have.</summary>
    public ImmutableArray<FieldDoc> Members { get; init; } = [];

    public JsonNode? Example { get; init; }
}
