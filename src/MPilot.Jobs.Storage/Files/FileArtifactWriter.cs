using System.Buffers;

using Microsoft.Win32.SafeHandles;

using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Storage.Files;

/// <summary>Writes to a temporary file, and moves it to its name on commit. Small writes are gathered in one pooled buffer.</summary>
internal sealed class FileArtifactWriter : ArtifactWriter
{
    private const int BufferSize = 64 * 1024;

    private readonly FileArtifactStore _store;
    private readonly string _path;
    private readonly string _target;
    private readonly SafeFileHandle _file;
    private byte[]? _buffer;
    private int _gathered;
    private long _length;
    private bool _closed;
    private bool _published;

    /// <param name="store">Takes the finished file.</param>
    /// <param name="file">The temporary file, open for writing; the writer's from now on.</param>
    /// <param name="path">Where it is: deleted there unless it is committed.</param>
    /// <param name="target">Where it goes on commit.</param>
    public FileArtifactWriter(FileArtifactStore store, SafeFileHandle file, string path, string target)
    {
        _store = store;
        _file = file;
        _path = path;
        _target = target;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        RequireOpen();
        if (_gathered + bytes.Length > BufferSize)
        {
            await FlushAsync(cancellationToken);
        }

        if (bytes.Length >= BufferSize)
        {
            await AppendAsync(bytes, cancellationToken);
            return;
        }

        _buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize);
        bytes.CopyTo(_buffer.AsMemory(_gathered));
        _gathered += bytes.Length;
    }

    public override async ValueTask<Stream> OpenReadAsync(CancellationToken cancellationToken)
    {
        RequireOpen();
        await FlushAsync(cancellationToken);
        try
        {
            return FileArtifactStore.OpenRead(_path, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (FileErrors.IsUnavailable(error))
        {
            throw FileErrors.Unavailable(error);
        }
    }

    public override ValueTask CommitAsync(CancellationToken cancellationToken) => CommitAsync(_store.PublishAsync, cancellationToken);

    public override ValueTask CommitUnflushedAsync(CancellationToken cancellationToken) => CommitAsync(_store.ShowAsync, cancellationToken);

    public override ValueTask DisposeAsync()
    {
        _closed = true;
        _file.Dispose();
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (!_published)
        {
            DeleteUnfinished();
        }

        _store.Forget(Path.GetFileName(_path));
        return ValueTask.CompletedTask;
    }

    private async ValueTask CommitAsync(Func<SafeFileHandle, string, string, CancellationToken, Task> publish, CancellationToken cancellationToken)
    {
        RequireOpen();
        await FlushAsync(cancellationToken);
        _closed = true;
        try
        {
            await publish(_file, _path, _target, cancellationToken);
            _published = true;
        }
        catch (IOException error) when (File.Exists(_path) && File.Exists(_target))
        {
            throw new InvalidOperationException("Artifacts are immutable: these bytes were committed before.", error);
        }
        catch (Exception error) when (FileErrors.IsUnavailable(error))
        {
            throw FileErrors.Unavailable(error);
        }
    }

    private void DeleteUnfinished()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception error) when (FileErrors.IsUnavailable(error))
        {
            // The sweeper finds it: from now on nobody claims it. What made the writer stop is told already.
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_gathered > 0)
        {
            await AppendAsync(_buffer.AsMemory(0, _gathered), cancellationToken);
            _gathered = 0;
        }
    }

    private async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await RandomAccess.WriteAsync(_file, bytes, _length, cancellationToken);
            _length += bytes.Length;
        }
        catch (Exception error) when (FileErrors.IsUnavailable(error))
        {
            throw FileErrors.Unavailable(error);
        }
    }

    private void RequireOpen()
    {
        if (_closed)
        {
            throw new InvalidOperationException("The writer was committed or disposed.");
        }
    }
}
