using System.Collections.Immutable;

namespace MPilot.Jobs.Engine.Drivers;

/// <summary>
/// What a model can do, told to those who choose one; a plan says it of one edit. Values are those of the request's fields.
/// A list that is <c>null</c>: only the provider knows, or it depends on the picture. An empty one: the model has no such parameter.
/// </summary>
public sealed record ModelCapabilities
{
    /// <summary><c>edit</c> (follows a prompt), <c>inpainting</c>, <c>outpainting</c>, <c>background_removal</c>.</summary>
    public required ImmutableArray<string> Operations { get; init; }

    /// <summary>Whether it takes a mask.</summary>
    public required bool Mask { get; init; }

    /// <summary>Most pictures of one edit.</summary>
    public required int MaxImages { get; init; }

    /// <summary>The sizes it makes, if they can be counted.</summary>
    public ImmutableArray<string>? Sizes { get; init; }

    /// <summary>The sizes it makes in words, if they cannot be counted.</summary>
    public string? SizeRule { get; init; }

    public ImmutableArray<string>? Qualities { get; init; }

    public ImmutableArray<string>? InputFidelities { get; init; }

    public ImmutableArray<string>? Backgrounds { get; init; }

    public ImmutableArray<string>? OutputFormats { get; init; }

    /// <summary>Whether previews come while it works.</summary>
    public required bool PartialImages { get; init; }
}
