using System.Buffers;

using Microsoft.Win32.SafeHandles;

namespace MPilot.Jobs.Storage.Files;

/// <summary>Bytes in the making, in a file of their own until somebody takes it. Small writes are gathered in one pooled buffer.</summary>
internal sealed class UnfinishedFile : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly UnfinishedFiles _folder;
    private byte[]? _buffer;
    private int _gathered;
    private bool _closed;

    /// <param name="folder">Told when nobody claims the file any more.</param>
    /// <param name="handle">The file, open for writing; this one's from now on.</param>
    /// <param name="path">Where it is: deleted there, unless it was moved away.</param>
    public UnfinishedFile(UnfinishedFiles folder, SafeFileHandle handle, string path)
    {
        _folder = folder;
        Handle = handle;
        Path = path;
    }

    public string Path { get; }

    public SafeFileHandle Handle { get; }

    /// <summary>How many bytes are in the file; those still gathered are not.</summary>
    public long Length { get; private set; }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
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

    /// <summary>Opens what was written so far.</summary>
    public async ValueTask<Stream> OpenReadAsync(CancellationToken cancellationToken)
    {
        RequireOpen();
        await FlushAsync(cancellationToken);
        try
        {
            return ArtifactFiles.OpenRead(Path, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (FileErrors.IsUnavailable(error))
        {
            throw FileErrors.Unavailable(error);
        }
    }

    /// <summary>Ends the writing: all bytes are in the file, and no more are taken. Once.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        RequireOpen();
        await FlushAsync(cancellationToken);
        _closed = true;
    }

    /// <summary>Fills a buffer with bytes that are in the file.</summary>
    public async Task ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        try
        {
            while (!buffer.IsEmpty)
            {
                var read = await RandomAccess.ReadAsync(Handle, buffer, offset, cancellationToken);
                buffer = read > 0 ? buffer[read..] : throw new EndOfStreamException("An unfinished file was cut short.");
                offset += read;
            }
        }
        catch (Exception error) when (FileErrors.IsUnavailable(error))
        {
            throw FileErrors.Unavailable(error);
        }
    }

    public void Dispose()
    {
        _closed = true;
        Handle.Dispose();
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        Delete();
        _folder.Forget(this);
    }

    private void Delete()
    {
        try
        {
            File.Delete(Path);
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
            await RandomAccess.WriteAsync(Handle, bytes, Length, cancellationToken);
            Length += bytes.Length;
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
