using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Engine.Drivers;

/// <summary>A picture a provider gave, fully written but not yet committed.</summary>
public sealed record DriverPicture(PictureUpload Upload, string? RevisedPrompt = null);
