using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Engine.Telemetry;

/// <summary>Counts the bytes of an artifact once they are committed, and shows how long that took.</summary>
internal sealed class MeasuredWriter(string id, ArtifactWriter writer, JobsInstruments instruments) : ArtifactWriter
{
    private long _length;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _length += bytes.Length;
        return writer.WriteAsync(bytes, cancellationToken);
    }

    public override ValueTask<Stream> OpenReadAsync(CancellationToken cancellationToken) => writer.OpenReadAsync(cancellationToken);

    public override async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        using var span = JobTracing.StartArtifactWrite(id);
        await writer.CommitAsync(cancellationToken);
        instruments.OnArtifactWritten(_length);
    }

    public override async ValueTask CommitUnflushedAsync(CancellationToken cancellationToken)
    {
        using var span = JobTracing.StartArtifactWrite(id);
        await writer.CommitUnflushedAsync(cancellationToken);
        instruments.OnArtifactWritten(_length);
    }

    public override ValueTask DisposeAsync() => writer.DisposeAsync();
}
