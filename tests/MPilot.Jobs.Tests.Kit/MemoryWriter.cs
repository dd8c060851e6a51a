using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>Keeps what is written, or only counts it.</summary>
/// <param name="commit">Takes the whole at the end.</param>
public sealed class MemoryWriter(bool keeps, Action<byte[]> commit) : ArtifactWriter
{
    private readonly MemoryStream _bytes = new();

    public long Length { get; private set; }

    /// <summary>Largest number of bytes handed over in one write.</summary>
    public int LargestWrite { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>Whether it was committed to stay; <c>null</c> if it was not committed.</summary>
    public bool? IsFlushed { get; private set; }

    public byte[] ToArray() => _bytes.ToArray();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Length += bytes.Length;
        LargestWrite = Math.Max(LargestWrite, bytes.Length);
        return keeps ? _bytes.WriteAsync(bytes, cancellationToken) : default;
    }

    public override ValueTask<Stream> OpenReadAsync(CancellationToken cancellationToken) => new(new MemoryStream(_bytes.ToArray(), writable: false));

    public override ValueTask CommitAsync(CancellationToken cancellationToken) => Commit(isFlushed: true);

    public override ValueTask CommitUnflushedAsync(CancellationToken cancellationToken) => Commit(isFlushed: false);

    public override ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return default;
    }

    private ValueTask Commit(bool isFlushed)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        commit(_bytes.ToArray());
        IsFlushed = isFlushed;
        return default;
    }
}
