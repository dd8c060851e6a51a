namespace MPilot.Jobs.Domain.Edits;

/// <summary>How the caller wants the pictures of an answer.</summary>
public enum ResponseFormat
{
    /// <summary>Base64 inside the JSON answer.</summary>
    B64Json,

    /// <summary>A signed, expiring link.</summary>
    Url,
}
