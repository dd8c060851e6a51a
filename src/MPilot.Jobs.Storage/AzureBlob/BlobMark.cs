using System.Globalization;

namespace MPilot.Jobs.Storage.AzureBlob;

/// <summary>What is kept with a blob about its making.</summary>
/// <param name="Upload">The upload it came by.</param>
/// <param name="WrittenAt">When, by the clock of who wrote it.</param>
internal sealed record BlobMark(string Upload, DateTimeOffset WrittenAt)
{
    private const string UploadKey = "upload";
    private const string WrittenKey = "written";

    /// <summary>When a blob was written, or <c>null</c> for one of another make.</summary>
    public static DateTimeOffset? WrittenAtOf(IDictionary<string, string> metadata)
        => metadata.TryGetValue(WrittenKey, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;

    /// <summary>Whether a blob came by this upload.</summary>
    public bool IsOf(IDictionary<string, string> metadata) => metadata.TryGetValue(UploadKey, out var upload) && upload == Upload;

    public Dictionary<string, string> ToMetadata() => new(StringComparer.Ordinal)
    {
        [UploadKey] = Upload,
        [WrittenKey] = WrittenAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
    };
}
