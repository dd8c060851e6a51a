using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Providers.Downloads;

/// <summary>Sorts out what an answer brought in place of a picture.</summary>
internal static class UsablePicture
{
    /// <summary>The upload if it is a picture; else <c>null</c>, and the upload is disposed.</summary>
    public static async ValueTask<PictureUpload?> OrNothingAsync(PictureUpload? upload)
    {
        if (upload is { Finding: not PictureFinding.Usable })
        {
            await upload.DisposeAsync();
            return null;
        }

        return upload;
    }
}
