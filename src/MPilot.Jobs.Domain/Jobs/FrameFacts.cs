using MPilot.Jobs.Domain.Attempts;

namespace MPilot.Jobs.Domain.Jobs;

/// <summary>What a stream says about a picture besides its bytes. Stored with the event, so that a stream read again says the same.</summary>
/// <param name="Chunk">Number of the picture event within the job, from 0: previews and results alike.</param>
/// <param name="Provider">Who made it.</param>
/// <param name="Model">With which model.</param>
/// <param name="Quality">As the provider says, or as asked; <c>null</c> if nobody said.</param>
/// <param name="Background">Likewise.</param>
/// <param name="Usage">This picture's share of what the provider counted; <c>null</c> for previews and where it did not count.</param>
public sealed record FrameFacts(int Chunk, string Provider, string Model, string? Quality, string? Background, Usage? Usage = null);
