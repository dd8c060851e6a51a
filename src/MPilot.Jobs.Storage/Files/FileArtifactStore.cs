using System.Collections.Concurrent;
using System.IO.Enumeration;
using System.Runtime.CompilerServices;

using Microsoft.Win32.SafeHandles;

using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Store;

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
    private readonly SemaphoreSlim _flushes = new(ParallelFlushes);
    private readonly ConcurrentDictionary<string, bool> _live = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _durableFolders = new(StringComparer.Ordinal);
    private long _writers;

    public ValueTask EnsureRoomAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            Directory.CreateDirectory(_names.Unfinished);
            var free = new DriveInfo(_names.Unfinished).AvailableFreeSpace;
            return free >= minFree ? ValueTask.CompletedTask : throw new StoreUnavailableException($"Only {free} bytes are free for artifacts.");
        }
        catch (Exception error) when (FileErrors.IsUnavailable(error))
        {
            throw FileErrors.Unavailable(error);
        }
    }

    public ValueTask<ArtifactWriter> CreateAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var target = _names.PathOf(id);
        var name = FileNames.UnfinishedName(id, time.GetUtcNow(), $"{Environment.ProcessId}-{Interlocked.Increment(ref _writers)}");
        _live[name] = true;
        try
        {
            Directory.CreateDirectory(_names.Unfinished);
            var path = Path.Join(_names.Unfinished, name);
            var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);
            return ValueTask.FromResult<ArtifactWriter>(new FileArtifactWriter(this, file, path, target));
        }
        catch (Exception error)
        {
            Forget(name);
            throw FileErrors.IsUnavailable(error) ? FileErrors.Unavailable(error) : error;
        }
    }

    public ValueTask<Stream> OpenReadAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return ValueTask.FromResult(OpenRead(_names.PathOf(id), FileShare.Read | FileShare.Delete));
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
        Delete(_names.PathOf(id));
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<string> ListAsync(DateTimeOffset writtenBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A folder at a time, away from the caller's thread.
        foreach (var shard in await Task.Run(() => Entries(_names.Objects, (ref e) => e.IsDirectory, (ref e) => e.ToFullPath()), cancellationToken))
        {
            var names = await Task.Run(
                () => Entries(shard, (ref e) => !e.IsDirectory && e.LastWriteTimeUtc < writtenBefore, (ref e) => e.FileName.ToString()), cancellationToken);
            foreach (var name in names.Where(FileNames.IsId))
            {
                yield return name;
            }
        }
    }

    public async ValueTask DeleteAbandonedAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken)
    {
        var names = await Task.Run(() => Entries(_names.Unfinished, (ref e) => !e.IsDirectory, (ref e) => e.FileName.ToString()), cancellationToken);
        foreach (var name in names.Where(n => FileNames.StartOf(n) < writtenBefore && !_live.ContainsKey(n)))
        {
            Delete(Path.Join(_names.Unfinished, name));
        }
    }

    public void Dispose() => _flushes.Dispose();

    internal static Stream OpenRead(string path, FileShare share)
        => new FileStream(path, new FileStreamOptions { Share = share, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });

    /// <summary>The writer of that name is no more: what it may have left behind is abandoned.</summary>
    internal void Forget(string name) => _live.TryRemove(name, out _);

    /// <summary>Flushes the file that a writer filled, gives it its name and flushes the folder. When it returns, a power cut changes nothing.</summary>
    internal async Task PublishAsync(SafeFileHandle file, string from, string to, CancellationToken cancellationToken)
    {
        await _flushes.WaitAsync(cancellationToken);
        try
        {
            await Task.Run(() => Publish(file, from, to), cancellationToken);
        }
        finally
        {
            _flushes.Release();
        }
    }

    /// <summary>Gives the file that a writer filled its name; the system writes it to disk when it likes.</summary>
    internal Task ShowAsync(SafeFileHandle file, string from, string to, CancellationToken cancellationToken)
        => Task.Run(() => Show(file, from, to), cancellationToken);

    private void Show(SafeFileHandle file, string from, string to)
    {
        File.SetLastWriteTimeUtc(file, time.GetUtcNow().UtcDateTime);
        file.Dispose();
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Move(from, to, overwrite: false);
    }

    private void Publish(SafeFileHandle file, string from, string to)
    {
        File.SetLastWriteTimeUtc(file, time.GetUtcNow().UtcDateTime);
        RandomAccess.FlushToDisk(file);
        file.Dispose();

        var folder = Path.GetDirectoryName(to)!;
        EnsureDurable(folder);
        File.Move(from, to, overwrite: false);
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

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // As good as deleted.
        }
        catch (Exception error) when (FileErrors.IsUnavailable(error))
        {
            throw FileErrors.Unavailable(error);
        }
    }

    private static List<string> Entries(
        string folder, FileSystemEnumerable<string>.FindPredicate which, FileSystemEnumerable<string>.FindTransform what)
    {
        try
        {
            return [.. new FileSystemEnumerable<string>(folder, what, new EnumerationOptions { IgnoreInaccessible = false }) { ShouldIncludePredicate = which }];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception error) when (FileErrors.IsUnavailable(error))
        {
            throw FileErrors.Unavailable(error);
        }
    }
}
