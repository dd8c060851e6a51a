namespace MPilot.Jobs.Engine.Embedded;

/// <summary>An operating-system lock on a data directory: one process at a time. Released when the process ends, however it ends.</summary>
public sealed class DataDirectoryLock : IDisposable
{
    /// <summary>What the systems say of a file that another process has locked. Anything else, such as a read-only disk, is told as it is.</summary>
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, making the directory if needed.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process has it.</exception>
    /// <exception cref="IOException">The directory cannot be made or written to; so does <see cref="UnauthorizedAccessException"/> say.</exception>
    public static DataDirectoryLock Take(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "lock");
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException failure) when (failure.HResult is WouldBlock or WouldBlockOnMac or SharingViolation)
        {
            throw new DataDirectoryInUseException($"Another process uses the data directory {directory}.", failure);
        }
    }

    public void Dispose() => _file.Dispose();
}
