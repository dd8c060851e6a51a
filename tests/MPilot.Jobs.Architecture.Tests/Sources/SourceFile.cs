namespace MPilot.Jobs.Architecture.Tests.Sources;

/// <summary>One text file of the repository.</summary>
internal sealed class SourceFile
{
    private readonly Lazy<Region[]> _regions;
    private readonly Lazy<string> _code;
    private readonly Lazy<string> _comments;
    private readonly Lazy<IReadOnlyList<TypeDeclaration>> _types;

    /// <param name="path">From the repository's root, with forward slashes.</param>
    /// <param name="text">All of it.</param>
    public SourceFile(string path, string text)
    {
        Path = path;
        Text = text;
        _regions = new Lazy<Region[]>(() => CSharpScanner.Scan(Text));
        _code = new Lazy<string>(() => Only(Region.Code));
        _comments = new Lazy<string>(() => Only(Region.Comment));
        _types = new Lazy<IReadOnlyList<TypeDeclaration>>(() => [.. TypeScanner.Scan(Code)]);
    }

    public string Path { get; }

    public string Text { get; }

    public string Name => System.IO.Path.GetFileName(Path);

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    /// <summary>The text with all but code blanked; offsets and lines stay.</summary>
    public string Code => _code.Value;

    /// <summary>The text with all but comments blanked; offsets and lines stay.</summary>
    public string Comments => _comments.Value;

    /// <summary>The types declared here, nested ones too.</summary>
    public IReadOnlyList<TypeDeclaration> Types => _types.Value;

    public bool IsUnder(string folder) => Path.StartsWith(folder, StringComparison.Ordinal);

    public int LineOf(int offset) => Text.AsSpan(0, offset).Count('\n') + 1;

    private string Only(Region region) => string.Create(Text.Length, this, (span, file) =>
    {
        for (int i = 0; i < span.Length; i++)
            span[i] = file._regions.Value[i] == region || file.Text[i] == '\n' ? file.Text[i] : ' ';
    });
}
