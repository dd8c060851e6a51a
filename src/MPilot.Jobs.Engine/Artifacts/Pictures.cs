using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Engine.Artifacts;

/// <summary>The one way pictures enter and leave the artifact store: bytes first, then the row that owns itself for an hour, then a job adopts it.</summary>
public sealed class Pictures(IArtifactStore store, IArtifactLedger ledger, IPictureProbe probe, Ids ids, TimeProvider time)
{
    /// <summary>How long a picture lives that nobody adopts. 1 h.</summary>
    public static readonly TimeSpan UnadoptedLife = TimeSpan.FromHours(1);

    /// <summary>Starts taking a picture.</summary>
    public async ValueTask<PictureUpload> BeginAsync(string tenant, ArtifactRole role, CancellationToken cancellationToken)
    {
        var id = ids.NewArtifact();
        return new(id, tenant, role, await store.CreateAsync(id, cancellationToken), probe.Start());
    }

    /// <summary>Makes usable uploads durable and enters them in the ledger, in the given order.</summary>
    /// <exception cref="InvalidOperationException">An upload's finding is not usable.</exception>
    public async Task<ImmutableArray<EditPicture>> CommitAsync(IReadOnlyList<PictureUpload> uploads, CancellationToken cancellationToken)
    {
        var pictures = uploads.Select(Describe).ToImmutableArray();
        await Task.WhenAll(uploads.Select(u => u.CommitAsync(cancellationToken).AsTask()));
        var now = time.GetUtcNow();
        var records = uploads.Zip(pictures, (u, p) => new ArtifactRecord(u.Tenant, p.Artifact, now)).ToList();
        await ledger.AddAsync(records, now + UnadoptedLife, cancellationToken);
        return pictures;
    }

    /// <summary>Opens a picture's bytes.</summary>
    /// <exception cref="ArtifactGoneException">They are not there any more.</exception>
    public ValueTask<Stream> OpenAsync(ArtifactRef artifact, CancellationToken cancellationToken)
        => store.OpenReadAsync(artifact.Id, cancellationToken);

    private static EditPicture Describe(PictureUpload upload)
    {
        if (upload.Finding is not PictureFinding.Usable { Facts: var facts })
        {
            throw new InvalidOperationException("Only a usable picture can be committed.");
        }

        return new(new(upload.Id, upload.Role, facts.ContentType, upload.Length, upload.Sha256), facts);
    }
}
