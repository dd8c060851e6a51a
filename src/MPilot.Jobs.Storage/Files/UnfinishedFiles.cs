using System.Collections.Concurrent;

using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Storage.Files;

/// <summary>The folder of bytes in the making: one file for each writer, gone with it, or swept up after its process died.</summary>
/// <param name="folder">Made if missing.</param>
/// <param name="minFree">How many bytes must be free on its disk for <see cref="EnsureRoom"/> to be content.</param>
/// <param name="time">Says when a writer began.</param>
internal sealed class UnfinishedFiles(string folder, long minFree, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, bool> _live = new(StringComparer.Ordinal);
    private long _writers;

    /// <exception cref="StoreUnavailableException">The disk has less room than it should, or cannot be used.</exception>
    public void EnsureRoom()
    {
        try
        {
            Directory.CreateDirectory(folder);
            var free = new DriveInfo(folder).AvailableFreeSpace;
            if (free < minFree)
            {
                throw new StoreUnavailableException($"Only {free} bytes are free for artifacts.");
            }
        }
        catch (Exception error) when (FileErrors.IsUnavailable(error))
        {
            throw FileErrors.Unavailable(error);
        }
    }

    /// <summary>Begins a file for an artifact.</summary>
    public UnfinishedFile Create(string id)
    {
        var name = FileNames.UnfinishedName(id, time.GetUtcNow(), $"{Environment.ProcessId}-{Interlocked.Increment(ref _writers)}");
        _live[name] = true;
        try
        {
            Directory.CreateDirectory(folder);
            var path = Path.Join(folder, name);
            return new(this, File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous), path);
        }
        catch (Exception error)
        {
            _live.TryRemove(name, out _);
            throw FileErrors.IsUnavailable(error) ? FileErrors.Unavailable(error) : error;
        }
    }

    /// <summary>Deletes what writers of dead processes began before a moment.</summary>
    public async Task DeleteAbandonedAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var names = await Task.Run(
            () => ArtifactFiles.Entries(folder, (ref e) => !e.IsDirectory, (ref e) => e.FileName.ToString()), cancellationToken);
        foreach (var name in names.Where(n => FileNames.StartOf(n) < before && !_live.ContainsKey(n)))
        {
            ArtifactFiles.Delete(Path.Join(folder, name));
        }
    }

    /// <summary>The writer of that file is no more: what it may have left behind is abandoned.</summary>
    public void Forget(UnfinishedFile file) => _live.TryRemove(Path.GetFileName(file.Path), out _);
}
