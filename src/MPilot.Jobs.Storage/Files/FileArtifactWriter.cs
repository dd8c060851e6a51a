using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Storage.Files;

/// <summary>Writes to an unfinished file, and moves it to its name on commit.</summary>
/// <param name="store">Takes the finished file.</param>
/// <param name="file">The writer's from now on.</param>
/// <param name="target">Where it goes on commit.</param>
internal sealed class FileArtifactWriter(FileArtifactStore store, UnfinishedFile file, string target) : ArtifactWriter
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => file.WriteAsync(bytes, cancellationToken);

    public override ValueTask<Stream> OpenReadAsync(CancellationToken cancellationToken) => file.OpenReadAsync(cancellationToken);

    public override ValueTask CommitAsync(CancellationToken cancellationToken) => CommitAsync(store.PublishAsync, cancellationToken);

    public override ValueTask CommitUnflushedAsync(CancellationToken cancellationToken) => CommitAsync(store.ShowAsync, cancellationToken);

    public override ValueTask DisposeAsync()
    {
        file.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask CommitAsync(Func<UnfinishedFile, string, CancellationToken, Task> publish, CancellationToken cancellationToken)
    {
        await file.CompleteAsync(cancellationToken);
        try
        {
            await publish(file, target, cancellationToken);
        }
        catch (IOException error) when (File.Exists(file.Path) && File.Exists(target))
        {
            throw new InvalidOperationException("Artifacts are immutable: these bytes were committed before.", error);
        }
        catch (Exception error) when (FileErrors.IsUnavailable(error))
        {
            throw FileErrors.Unavailable(error);
        }
    }
}
