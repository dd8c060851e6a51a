using System.IO.Enumeration;

namespace MPilot.Jobs.Storage.Files;

/// <summary>Calls of the file system as artifacts need them: what may pass is told as the store being unavailable.</summary>
internal static class ArtifactFiles
{
    public static Stream OpenRead(string path, FileShare share)
        => new FileStream(path, new FileStreamOptions { Share = share, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });

    public static void Delete(string path)
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

    public static List<string> Entries(
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
