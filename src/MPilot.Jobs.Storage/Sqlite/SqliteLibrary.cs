using System.Runtime.InteropServices;

using SQLitePCL;

namespace MPilot.Jobs.Storage.Sqlite;

/// <summary>
/// The native SQLite of this process. On Linux all its symbols are bound when it is loaded, and to itself. Bound at first use, as is the rule,
/// they would go to any other SQLite that some native library has brought into the process by then (libvips does, through a module):
/// two versions would work on the same structures, and the process would die at its first checkpoint.
/// </summary>
internal static partial class SqliteLibrary
{
    private const string FileName = "libe_sqlite3.so";
    private const string SearchedFolders = "NATIVE_DLL_SEARCH_DIRECTORIES";
    private const int BindAllNow = 2;
    private const int BindToItselfFirst = 8;

    /// <summary>Makes SQLite callable. Before any other call, once.</summary>
    public static void Load()
    {
        if (OperatingSystem.IsLinux() && Find() is { } file)
        {
            // Never closed: whoever loads the file after this gets what is loaded. If it fails, the provider says why.
            _ = Open(file, BindAllNow | BindToItselfFirst);
        }

        Batteries_V2.Init();
    }

    private static string? Find()
        => (AppContext.GetData(SearchedFolders) as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory)
            .Select(folder => Path.Join(folder, FileName))
            .FirstOrDefault(File.Exists);

    /// <summary>The loader's own call; 0 where it fails.</summary>
    [LibraryImport("libc", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint Open(string path, int flags);
}
