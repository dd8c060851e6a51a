using Azure.Storage.Sas;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Storage.AzureBlob;

/// <summary>Makes links to blobs, signed with the account's key: the same for the same picture and end.</summary>
/// <param name="container">One that <see cref="BlobContainer.CanSign"/>.</param>
public sealed class BlobLinks(BlobContainer container) : IDirectLinks
{
    public Uri Sign(ArtifactRef artifact, string fileName, DateTimeOffset expiresAt)
    {
        var blob = container.BlobOf(artifact.Id);
        return blob.GenerateSasUri(new BlobSasBuilder(BlobSasPermissions.Read, expiresAt)
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Resource = "b",

            // An account that is reached without TLS is an emulator.
            Protocol = blob.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
            ContentType = artifact.ContentType,
            ContentDisposition = $"inline; filename=\"{fileName}\"",
            CacheControl = "private",
        });
    }
}
