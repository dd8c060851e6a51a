using System.Text.Json.Serialization;

using MPilot.Jobs.Engine.Files;

namespace MPilot.Jobs.Api.Files;

/// <summary>A file, as OpenAI's clients read it. Its name is made: that of the caller is not kept.</summary>
internal sealed record FileBody(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("object")] string Object,
    [property: JsonPropertyName("bytes")] long Bytes,
    [property: JsonPropertyName("created_at")] long CreatedAt,
    [property: JsonPropertyName("expires_at")] long ExpiresAt,
    [property: JsonPropertyName("filename")] string Filename,
    [property: JsonPropertyName("purpose")] string Purpose,
    [property: JsonPropertyName("status")] string Status)
{
    public static FileBody Of(StoredFile file) => new(
        file.Id, "file", file.Picture.Artifact.Length, file.CreatedAt.ToUnixTimeSeconds(), file.ExpiresAt.ToUnixTimeSeconds(), NameOf(file),
        file.Purpose, "processed");

    /// <summary>The name of a file, by what it is.</summary>
    public static string NameOf(StoredFile file) => $"picture.{file.Picture.Facts.FormatName}";
}
