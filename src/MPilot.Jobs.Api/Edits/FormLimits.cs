namespace MPilot.Jobs.Api.Edits;

/// <summary>How large the parts of a form may be.</summary>
internal static class FormLimits
{
    public const int Parts = 128;

    /// <summary>Bytes of one text part.</summary>
    public const int TextBytes = 256 << 10;

    /// <summary>Bytes of all text parts together.</summary>
    public const int AllTextBytes = 1 << 20;

    /// <summary>Bytes of the headers of one part.</summary>
    public const int HeaderBytes = 16 << 10;

    /// <summary>Characters of the boundary.</summary>
    public const int Boundary = 200;

    /// <summary>Pictures to edit, besides the mask.</summary>
    public const int Images = 16;
}
