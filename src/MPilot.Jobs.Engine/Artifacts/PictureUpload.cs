using System.Security.Cryptography;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Engine.Artifacts;

/// <summary>
/// A picture on its way into the artifact store: written, hashed and inspected in one pass.
/// It exists only once <see cref="Pictures.CommitAsync"/> took it; disposing it before leaves nothing behind.
/// </summary>
public sealed class PictureUpload : IAsyncDisposable
{
    private readonly ArtifactWriter _writer;
    private readonly PictureInspection _inspection;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private bool _inspecting = true;
    private string? _sha256;
    private PictureFinding? _finding;

    internal PictureUpload(string id, string tenant, ArtifactRole role, ArtifactWriter writer, PictureInspection inspection)
    {
        Id = id;
        Tenant = tenant;
        Role = role;
        _writer = writer;
        _inspection = inspection;
    }

    /// <summary>The artifact's id, should it be committed.</summary>
    public string Id { get; }

    public string Tenant { get; }

    public ArtifactRole Role { get; }

    /// <summary>Bytes taken so far.</summary>
    public long Length { get; private set; }

    /// <summary>What the bytes are, once all were written.</summary>
    public PictureFinding Finding => _finding ??= _inspection.Complete();

    /// <summary>Lower-case hexadecimal SHA-256 of the bytes, once all were written.</summary>
    public string Sha256 => _sha256 ??= Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <summary>Takes the next bytes. False: they cannot become a usable picture, and <see cref="Finding"/> says why; no more need be sent.</summary>
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Length += bytes.Length;
        _hash.AppendData(bytes.Span);
        _inspecting = _inspecting && _inspection.Push(bytes.Span);
        if (_inspecting)
        {
            await _writer.WriteAsync(bytes, cancellationToken);
        }

        return _inspecting;
    }

    /// <summary>Opens what was written so far.</summary>
    public ValueTask<Stream> OpenReadAsync(CancellationToken cancellationToken) => _writer.OpenReadAsync(cancellationToken);

    /// <summary>The picture it is, or is to become.</summary>
    /// <exception cref="InvalidOperationException">It is not usable.</exception>
    public EditPicture Describe()
        => Finding is PictureFinding.Usable { Facts: var facts }
            ? new(new(Id, Role, facts.ContentType, Length, Sha256), facts)
            : throw new InvalidOperationException("Only a usable picture can be described.");

    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await _writer.DisposeAsync();
    }

    /// <summary>A preview is worth no wait for the disk.</summary>
    internal ValueTask CommitAsync(CancellationToken cancellationToken)
        => Role == ArtifactRole.Preview ? _writer.CommitUnflushedAsync(cancellationToken) : _writer.CommitAsync(cancellationToken);
}
