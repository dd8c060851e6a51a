namespace MPilot.Jobs.Engine.Artifacts;

/// <summary>Takes the bytes of one artifact. Disposing without a commit leaves nothing behind.</summary>
public abstract class ArtifactWriter : IAsyncDisposable
{
    /// <summary>Appends bytes.</summary>
    public abstract ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Opens what was written so far, before the commit: for looking at bytes that may yet be discarded.</summary>
    public abstract ValueTask<Stream> OpenReadAsync(CancellationToken cancellationToken);

    /// <summary>Makes the bytes durable and visible under their name. Once.</summary>
    public abstract ValueTask CommitAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes the bytes visible under their name without waiting for the disk: a crash of the machine may lose them, or leave them cut short;
    /// a crash of the process does not. Once, in place of <see cref="CommitAsync"/>.
    /// </summary>
    public abstract ValueTask CommitUnflushedAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
