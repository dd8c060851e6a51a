using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Artifacts;

/// <summary>The one way pictures enter and leave the artifact store: bytes first, then the row that owns itself for an hour, then a job adopts it. Nobody adopts a preview: it owns itself all its life.</summary>
public sealed class Pictures(
    IArtifactStore store, IArtifactLedger ledger, IPictureProbe probe, RetentionOptions retention, Ids ids, TimeProvider time)
{
    /// <summary>How long a picture lives that nobody adopts. 1 h.</summary>
    public static readonly TimeSpan UnadoptedLife = TimeSpan.FromHours(1);

    /// <summary>Wait between two tries to enter bought pictures. 1 s.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>Says whether what a provider makes can be kept.</summary>
    /// <exception cref="StoreUnavailableException">It cannot, as things are.</exception>
    public ValueTask EnsureRoomAsync(CancellationToken cancellationToken) => store.EnsureRoomAsync(cancellationToken);

    /// <summary>Starts taking a picture.</summary>
    public async ValueTask<PictureUpload> BeginAsync(string tenant, ArtifactRole role, CancellationToken cancellationToken)
    {
        var id = ids.NewArtifact();
        return new(id, tenant, role, await store.CreateAsync(id, cancellationToken), probe.Start());
    }

    /// <summary>Makes usable uploads durable (previews only visible) and enters them in the ledger, in the given order.</summary>
    /// <exception cref="InvalidOperationException">An upload's finding is not usable.</exception>
    public async Task<ImmutableArray<EditPicture>> CommitAsync(IReadOnlyList<PictureUpload> uploads, CancellationToken cancellationToken)
    {
        var pictures = await WriteAsync(uploads, cancellationToken);
        await EnterAsync(uploads, pictures, cancellationToken);
        return pictures;
    }

    /// <summary>The same for pictures that were paid for: the ledger is asked until it takes them, so that they need not be bought again.</summary>
    /// <exception cref="InvalidOperationException">An upload's finding is not usable.</exception>
    public async Task<ImmutableArray<EditPicture>> CommitBoughtAsync(IReadOnlyList<PictureUpload> uploads, CancellationToken cancellationToken)
    {
        var pictures = await WriteAsync(uploads, cancellationToken);
        while (true)
        {
            try
            {
                await EnterAsync(uploads, pictures, cancellationToken);
                return pictures;
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(RetryInterval, time, cancellationToken);
            }
        }
    }

    /// <summary>Opens a picture's bytes.</summary>
    /// <exception cref="ArtifactGoneException">They are not there any more, or no longer whole.</exception>
    public async ValueTask<Stream> OpenAsync(ArtifactRef artifact, CancellationToken cancellationToken)
    {
        var bytes = await store.OpenReadAsync(artifact.Id, cancellationToken);
        if (bytes.Length == artifact.Length)
        {
            return bytes;
        }

        await bytes.DisposeAsync();
        throw new ArtifactGoneException($"The bytes of artifact {artifact.Id} were cut short.");
    }

    private static async Task<ImmutableArray<EditPicture>> WriteAsync(IReadOnlyList<PictureUpload> uploads, CancellationToken cancellationToken)
    {
        var pictures = uploads.Select(u => u.Describe()).ToImmutableArray();
        await Task.WhenAll(uploads.Select(u => u.CommitAsync(cancellationToken).AsTask()));
        return pictures;
    }

    private Task EnterAsync(IReadOnlyList<PictureUpload> uploads, ImmutableArray<EditPicture> pictures, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var records = uploads.Zip(pictures, (u, p) => new ArtifactRecord(u.Tenant, p.Artifact, now)).ToList();
        var life = uploads.All(u => u.Role == ArtifactRole.Preview) ? retention.Previews : UnadoptedLife;
        return ledger.AddAsync(records, now + life, cancellationToken);
    }
}
