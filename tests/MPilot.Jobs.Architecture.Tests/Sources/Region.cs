namespace MPilot.Jobs.Architecture.Tests.Sources;

/// <summary>What a character of a C# file belongs to.</summary>
internal enum Region
{
    Code,
    Comment,
    Literal,
}
