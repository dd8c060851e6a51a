using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Engine.Emulation;

/// <summary>A delivered picture as the caller gets it.</summary>
/// <param name="Upload">Fully written; the delivered one itself where nothing was to be done.</param>
/// <param name="Drift">What was put back, if anything was.</param>
/// <param name="Made">The size that was delivered, if the picture was drawn anew.</param>
internal sealed record FinishedPicture(PictureUpload Upload, MaskDrift? Drift = null, PictureSize? Made = null);
