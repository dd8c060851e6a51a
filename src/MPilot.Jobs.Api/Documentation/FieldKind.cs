namespace MPilot.Jobs.Api.Documentation;

/// <summary>What a field holds.</summary>
internal enum FieldKind
{
    Text,
    Integer,
    Number,
    Flag,

    /// <summary>A file.</summary>
    Picture,

    /// <summary>Files, the field repeated.</summary>
    Pictures,

    /// <summary>A picture in JSON, in any of the shapes it may have there.</summary>
    Drawn,

    /// <summary>The same, or an array of them.</summary>
    DrawnSeveral,

    /// <summary>Texts, the field repeated.</summary>
    Texts,

    /// <summary>A text, or several of them.</summary>
    TextOrTexts,

    /// <summary>An array of <c>provider/model</c> texts or objects, in JSON; the objects may have further members.</summary>
    Steps,

    /// <summary>A JSON object of texts.</summary>
    Pairs,
}
