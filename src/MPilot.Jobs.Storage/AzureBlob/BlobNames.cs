using MPilot.Jobs.Storage.Files;

namespace MPilot.Jobs.Storage.AzureBlob;

/// <summary>Where bytes lie in the container: <c>objects/{shard}/{id}</c>.</summary>
internal static class BlobNames
{
    /// <summary>What all artifacts begin with.</summary>
    public const string Objects = "objects/";

    /// <summary>An empty blob that is written again and again, to know that others could be.</summary>
    public const string Probe = "probe";

    /// <exception cref="ArgumentException">It is no artifact's id.</exception>
    public static string Of(string id) => $"{Objects}{FileNames.ShardOf(id)}/{id}";

    /// <summary>The artifact of a blob, or <c>null</c> for one of another make.</summary>
    public static string? IdOf(string blob)
        => blob.LastIndexOf('/') is > 0 and var slash && blob[(slash + 1)..] is var id && FileNames.IsId(id) && Of(id) == blob ? id : null;
}
