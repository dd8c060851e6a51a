using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Engine.Drivers;

/// <summary>What a driver may do besides its exchange: read the edit's pictures, hand over result pictures, name the provider's job.</summary>
public interface IDriverIo
{
    /// <summary>Opens a picture of the edit, from the beginning.</summary>
    ValueTask<Stream> OpenAsync(ArtifactRef artifact, CancellationToken cancellationToken);

    /// <summary>Starts a result picture. Uploads that do not come back in the answer are discarded by the runner.</summary>
    ValueTask<PictureUpload> BeginPictureAsync(CancellationToken cancellationToken);

    /// <summary>Records the provider's job id, durably, before the driver goes on.</summary>
    Task AcceptedAsync(string providerJobId, CancellationToken cancellationToken);
}
