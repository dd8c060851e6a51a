namespace MPilot.Jobs.Contracts;

/// <summary>Where a picture is fetched, and what it is. The bytes are never sent over the bus.</summary>
public sealed record PictureLink
{
    /// <summary>Signed: whoever has it can fetch the picture, with no key. Null once it has expired.</summary>
    public Uri? Url { get; init; }

    /// <summary>When the link expires.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The media type, such as <c>image/png</c>.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>In bytes.</summary>
    public long Length { get; init; }

    /// <summary>Of the bytes, in lower-case hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>In pixels, upright.</summary>
    public int Width { get; init; }

    /// <summary>In pixels, upright.</summary>
    public int Height { get; init; }
}
