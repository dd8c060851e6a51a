using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Engine.Telemetry;

/// <summary>An artifact store whose bytes are counted on the way in and out.</summary>
public sealed class MeasuredArtifacts(IArtifactStore store, JobsInstruments instruments) : IArtifactStore
{
    public ValueTask EnsureRoomAsync(CancellationToken cancellationToken) => store.EnsureRoomAsync(cancellationToken);

    public async ValueTask<ArtifactWriter> CreateAsync(string id, CancellationToken cancellationToken)
        => new MeasuredWriter(id, await store.CreateAsync(id, cancellationToken), instruments);

    public async ValueTask<Stream> OpenReadAsync(string id, CancellationToken cancellationToken)
        => new MeasuredStream(await store.OpenReadAsync(id, cancellationToken), instruments);

    public async ValueTask DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await store.DeleteAsync(id, cancellationToken);
        instruments.OnArtifactDeleted();
    }

    public IAsyncEnumerable<string> ListAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken) => store.ListAsync(writtenBefore, cancellationToken);

    public ValueTask DeleteAbandonedAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken)
        => store.DeleteAbandonedAsync(writtenBefore, cancellationToken);
}
