using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Storage.Files;

/// <summary>What an error of the file system means to those who call the store.</summary>
internal static class FileErrors
{
    /// <summary>Full, unreadable, away: all of it may pass.</summary>
    public static bool IsUnavailable(Exception error) => error is IOException or UnauthorizedAccessException;

    public static StoreUnavailableException Unavailable(Exception error)
        => new("The artifact folder could not be read or written.", error);
}
