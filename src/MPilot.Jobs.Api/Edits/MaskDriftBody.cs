using System.Collections.Immutable;
using System.Text.Json.Serialization;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Api.Edits;

/// <summary>How far the provider changed what the mask keeps, before the service put it back.</summary>
/// <param name="Index">The picture.</param>
/// <param name="Changed">Share of the kept pixels that were changed, 0..1.</param>
/// <param name="Mean">Mean difference of their channels, 0..255.</param>
internal sealed record MaskDriftBody(
    [property: JsonPropertyName("index")] int Index,
    [property: JsonPropertyName("changed")] double Changed,
    [property: JsonPropertyName("mean")] double Mean)
{
    private const int Places = 4;

    /// <summary>Of all pictures that had something put back, or <c>null</c> where none had.</summary>
    public static ImmutableArray<MaskDriftBody>? Of(JobState job)
    {
        ImmutableArray<MaskDriftBody> all = [.. job.Slots.Select(s => s.Picture).OfType<DeliveredPicture>().Where(p => p.Drift is not null).Select(Of)];
        return all.IsEmpty ? null : all;
    }

    private static MaskDriftBody Of(DeliveredPicture picture)
        => new(picture.Slot, Math.Round(picture.Drift!.Changed, Places), Math.Round(picture.Drift.Mean, Places));
}
