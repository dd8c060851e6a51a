using MPilot.Jobs.Architecture.Tests.Sources;

namespace MPilot.Jobs.Architecture.Tests.Rules;

/// <summary>A place that breaks a rule.</summary>
internal sealed record Violation(string Path, int Line, string Message)
{
    public static Violation At(SourceFile file, int offset, string message) => new(file.Path, file.LineOf(offset), message);

    public override string ToString() => $"{Path}:{Line}: {Message}";
}
