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

    /// <summary>Starts a preview of a result picture; hand it to <see cref="PreviewAsync"/>.</summary>
    ValueTask<PictureUpload> BeginPreviewAsync(CancellationToken cancellationToken);

    /// <summary>Shows a finished preview to whoever watches the job. An unusable one is passed over.</summary>
    /// <param name="picture">Which of the call's pictures, from 0.</param>
    /// <param name="upload">Fully written; disposed by the runner.</param>
    /// <param name="quality">As the provider says.</param>
    /// <param name="background">As the provider says.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task PreviewAsync(int picture, PictureUpload upload, string? quality, string? background, CancellationToken cancellationToken);

    /// <summary>Shows a body to whoever asked to see it. Of several on one side the last counts.</summary>
    /// <param name="side">Who wrote it.</param>
    /// <param name="body">Makes its JSON, without pictures, links, keys and headers; called at once, and only if somebody asked.</param>
    void Show(WireSide side, Func<string> body);

    /// <summary>Records the provider's job id, durably, before the driver goes on.</summary>
    Task AcceptedAsync(string providerJobId, CancellationToken cancellationToken);
}
