using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Domain.Attempts;

/// <summary>One picture that an attempt brought, already durable in the artifact store.</summary>
/// <param name="Slot">The slot it is for.</param>
/// <param name="Artifact">Its bytes.</param>
/// <param name="Facts">What its header says.</param>
/// <param name="RevisedPrompt">The prompt the provider made of ours, if it says.</param>
/// <param name="Drift">How far the provider changed what the mask keeps, if that was put back.</param>
public sealed record DeliveredPicture(int Slot, ArtifactRef Artifact, PictureFacts Facts, string? RevisedPrompt = null, MaskDrift? Drift = null)
{
    /// <summary>The size the provider made, where the service brought it to another.</summary>
    public PictureSize? Made { get; init; }
}
