namespace MPilot.Jobs.Notifications.Buckets;

/// <summary>
/// Recognises URLs that Azure Blob Storage signed. It refuses a PUT that does not say what kind of blob it makes; other stores refuse headers that were
/// not signed, so that nobody else may be sent that one.
/// </summary>
internal static class AzureUrl
{
    public const string BlobTypeHeader = "x-ms-blob-type";
    public const string BlobType = "BlockBlob";

    /// <summary>By what every shared access signature has in its query, not by the host: accounts have names of their own, and emulators.</summary>
    public static bool Is(Uri url)
    {
        var names = url.Query.TrimStart('?').Split('&').Select(pair => pair.Split('=')[0]).ToHashSet(StringComparer.Ordinal);
        return names.Contains("sig") && names.Contains("sv");
    }
}
