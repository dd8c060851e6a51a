using System.Collections.Concurrent;

namespace MPilot.Jobs.Simulators.Uploads;

/// <summary>The bytes of uploaded files, by their SHA-256, if they are kept.</summary>
/// <param name="keeps">Whether they are.</param>
public sealed class UploadShelf(bool keeps)
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>Where a file's bytes go while they are read; <c>null</c> where they are not kept.</summary>
    internal MemoryStream? Begin() => keeps ? new() : null;

    internal void Add(string sha256, MemoryStream? file)
    {
        if (file is not null)
        {
            _files[sha256] = file.ToArray();
        }
    }

    /// <summary>The bytes of a file that arrived.</summary>
    /// <exception cref="KeyNotFoundException">None did, or files are not kept.</exception>
    public byte[] Read(string sha256) => _files[sha256];
}
