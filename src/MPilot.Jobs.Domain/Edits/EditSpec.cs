using System.Collections.Immutable;

namespace MPilot.Jobs.Domain.Edits;

/// <summary>
/// What the caller wants done, after validation. Absent and <c>auto</c> values are <c>null</c>.
/// Values of open enumerations (quality, background, …) are kept as the lower-case text the API uses, because models add to them.
/// </summary>
public sealed record EditSpec
{
    /// <summary>1..16 pictures, in the order of the request.</summary>
    public required ImmutableArray<EditPicture> Images { get; init; }

    /// <summary>The kind of edit; <c>null</c> for a plain prompt edit.</summary>
    public EditType? Type { get; init; }

    /// <summary>Up to 32,000 characters; <c>null</c> only for background removal. Never logged.</summary>
    public string? Prompt { get; init; }

    /// <summary>The mask: edit strength is 255 − alpha, or by <see cref="MaskPolarity"/>.</summary>
    public EditPicture? Mask { get; init; }

    public MaskPolarity? MaskPolarity { get; init; }

    /// <summary>Wanted pictures (<c>n</c>), 1..10; one slot each.</summary>
    public int Count { get; init; } = 1;

    public PictureSize? Size { get; init; }

    public ResponseFormat ResponseFormat { get; init; }

    public string? Background { get; init; }

    public string? InputFidelity { get; init; }

    public string? Quality { get; init; }

    /// <summary><c>png</c>, <c>webp</c> or <c>jpeg</c>, or what a configured model knows.</summary>
    public string? OutputFormat { get; init; }

    /// <summary>0..100.</summary>
    public int? OutputCompression { get; init; }

    /// <summary>1..500.</summary>
    public int? InferenceSteps { get; init; }

    public long? Seed { get; init; }

    public string? NegativePrompt { get; init; }

    public string? User { get; init; }

    /// <summary>Whether the caller watches the pictures come: only then are previews asked for.</summary>
    public bool Stream { get; init; }

    /// <summary>Wanted previews per picture, 0..3.</summary>
    public int? PartialImages { get; init; }

    /// <summary>Unknown fields of the request, by name; a driver that declares one may use it.</summary>
    public ImmutableDictionary<string, string> Extra { get; init; } = ImmutableDictionary<string, string>.Empty;

    public UnsupportedPolicy Unsupported { get; init; }
}
