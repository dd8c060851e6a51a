using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Storage.Files;

/// <summary>Keeps artifacts as files under one root folder, which it makes if missing.</summary>
/// <param name="root">The folder. Temporary and committed files must be on one file system, so nothing below it may be a mount of its own.</param>
/// <param name="minFree">How many bytes must be free for <see cref="EnsureRoomAsync"/> to be content.</param>
/// <param name="time">Says when bytes were written.</param>
public sealed class FileArtifactStore(string root, long minFree, TimeProvider time) : IArtifactStore, IDisposable
{
    /// <summary>Flushes that may block threads of the pool at once.</summary>
    private const int ParallelFlushes = 8;

    private readonly FileNames _names = new(root);
    private readonly UnfinishedFiles _unfinished = new(new FileNames(root).Unfinished, minFree, time);
    private readonly SemaphoreSlim _flushes = new(ParallelFlushes);
    private readonly ConcurrentDictionary<string, bool> _durableFolders = new(StringComparer.Ordinal);

    public ValueTask EnsureRoomAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _unfinished.EnsureRoom();
        return ValueTask.CompletedTask;
    }

    public ValueTask<ArtifactWriter> CreateAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var target = _names.PathOf(id);
        return ValueTask.FromResult<ArtifactWriter>(new FileArtifactWriter(this, _unfinished.Create(id), target));
    }

    public ValueTask<Stream> OpenReadAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return ValueTask.FromResult(ArtifactFiles.OpenRead(_names.PathOf(id), FileShare.Read | FileShare.Delete));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ArtifactGoneException($"The bytes of artifact {id} are not there.", error);
        }
        catch (Exception error) when (FileErrors.IsUnavailable(error))
        {
            throw FileErrors.Unavailable(error);
        }
    }

    public ValueTask DeleteAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArtifactFiles.Delete(_names.PathOf(id));
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<string> ListAsync(DateTimeOffset writtenBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A folder at a time, away from the caller's thread.
        foreach (var shard in await Task.Run(() => ArtifactFiles.Entries(_names.Objects, (ref e) => e.IsDirectory, (ref e) => e.ToFullPath()), cancellationToken))
        {
            var names = await Task.Run(
                () => ArtifactFiles.Entries(shard, (ref e) => !e.IsDirectory && e.LastWriteTimeUtc < writtenBefore, (ref e) => e.FileName.ToString()), cancellationToken);
            foreach (var name in names.Where(FileNames.IsId))
            {
                yield return name;
            }
        }
    }

    public async ValueTask DeleteAbandonedAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken)
        => await _unfinished.DeleteAbandonedAsync(writtenBefore, cancellationToken);

    public void Dispose() => _flushes.Dispose();

    /// <summary>Flushes the file that a writer filled, gives it its name and flushes the folder. When it returns, a power cut changes nothing.</summary>
    internal async Task PublishAsync(UnfinishedFile file, string to, CancellationToken cancellationToken)
    {
        await _flushes.WaitAsync(cancellationToken);
        try
        {
            await Task.Run(() => Publish(file, to), cancellationToken);
        }
        finally
        {
            _flushes.Release();
        }
    }

    /// <summary>Gives the file that a writer filled its name; the system writes it to disk when it likes.</summary>
    internal Task ShowAsync(UnfinishedFile file, string to, CancellationToken cancellationToken)
        => Task.Run(() => Show(file, to), cancellationToken);

    private void Show(UnfinishedFile file, string to)
    {
        File.SetLastWriteTimeUtc(file.Handle, time.GetUtcNow().UtcDateTime);
        file.Handle.Dispose();
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Move(file.Path, to, overwrite: false);
    }

    private void Publish(UnfinishedFile file, string to)
    {
        File.SetLastWriteTimeUtc(file.Handle, time.GetUtcNow().UtcDateTime);
        RandomAccess.FlushToDisk(file.Handle);
        file.Handle.Dispose();

        var folder = Path.GetDirectoryName(to)!;
        EnsureDurable(folder);
        File.Move(file.Path, to, overwrite: false);
        DurableFolders.Flush(folder);
    }

    /// <summary>Also for a folder that is there: the process that made it may have died before it was flushed.</summary>
    private void EnsureDurable(string folder)
    {
        if (_durableFolders.ContainsKey(folder) && Directory.Exists(folder))
        {
            return;
        }

        DurableFolders.Create(folder);
        DurableFolders.Flush(_names.Root);
        DurableFolders.Flush(_names.Objects);
        _durableFolders[folder] = true;
    }
}
