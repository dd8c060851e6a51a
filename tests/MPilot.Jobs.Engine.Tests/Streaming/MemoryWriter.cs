using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Engine.Tests.Streaming;

/// <summary>Keeps what is written, or only counts it.</summary>
public sealed class MemoryWriter(bool keep) : ArtifactWriter
{
    private readonly MemoryStream _bytes = new();

    public long Length { get; private set; }

    public bool IsDisposed { get; private set; }

    public byte[] ToArray() => _bytes.ToArray();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Length += bytes.Length;
        return keep ? _bytes.WriteAsync(bytes, cancellationToken) : default;
    }

    public override ValueTask<Stream> OpenReadAsync(CancellationToken cancellationToken) => new(new MemoryStream(_bytes.ToArray(), writable: false));

    public override ValueTask CommitAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public override ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return default;
    }
}
