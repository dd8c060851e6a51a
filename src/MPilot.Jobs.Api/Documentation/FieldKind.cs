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

    /// <summary>Texts, the field repeated.</summary>
    Texts,

    /// <summary>A JSON object of texts.</summary>
    Pairs,
}
