using System.Runtime.InteropServices;

namespace MPilot.Jobs.Storage.Files;

/// <summary>Makes folder entries survive a power cut: a new name is on disk only once its folder was flushed.</summary>
internal static partial class DurableFolders
{
    private const int InvalidArgument = 22;
    private const int Interrupted = 4;

    private static int OpenFlags => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000; // Read only, close on exec.

    /// <summary>Makes a folder and all above it that are missing, durably.</summary>
    public static void Create(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var parent = Path.GetDirectoryName(folder);
        if (!string.IsNullOrEmpty(parent))
        {
            Create(parent);
        }

        Directory.CreateDirectory(folder);
        if (!string.IsNullOrEmpty(parent))
        {
            Flush(parent);
        }
    }

    /// <summary>Flushes the names in a folder to disk. Nothing to do on Windows, which journals them.</summary>
    /// <exception cref="IOException">It could not be flushed.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Try(() => Open(folder, OpenFlags));
        if (descriptor < 0)
        {
            throw Failure(-descriptor);
        }

        var answer = Try(() => Sync(descriptor));
        _ = Close(descriptor);

        // Some network file systems cannot flush a folder and say "invalid argument": there is nothing more to be done there.
        if (answer < 0 && answer != -InvalidArgument)
        {
            throw Failure(-answer);
        }
    }

    /// <summary>The call's answer, or its error number, negative.</summary>
    private static int Try(Func<int> call)
    {
        int answer;
        do
        {
            answer = call();
        }
        while (answer < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return answer < 0 ? -Marshal.GetLastPInvokeError() : answer;
    }

    private static IOException Failure(int error) => new($"A folder could not be flushed (error {error}).", error);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
