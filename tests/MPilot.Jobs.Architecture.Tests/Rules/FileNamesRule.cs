using MPilot.Jobs.Architecture.Tests.Sources;

namespace MPilot.Jobs.Architecture.Tests.Rules;

/// <summary>One top-level type a file, and the file is named after it: <c>X.cs</c>, <c>X{T}.cs</c> beside a namesake, or <c>X.Y.cs</c> for a part of X.</summary>
internal sealed class FileNamesRule : IRule
{
    public IEnumerable<Violation> Check(SourceTree tree)
    {
        foreach (var file in tree.CSharp)
        {
            var types = file.Types.Where(type => type.IsTopLevel).DistinctBy(type => type.Name).ToList();
            if (types.Count > 1)
                yield return Violation.At(file, types[1].Offset, $"several types: {string.Join(", ", types.Select(type => type.Name))}");
            else if (types.Count == 1 && !IsNamedAfter(file, types[0]))
                yield return Violation.At(file, types[0].Offset, $"{types[0].Name} does not live in a file of its name");
        }
    }

    private static bool IsNamedAfter(SourceFile file, TypeDeclaration type)
    {
        string stem = file.Name[..^".cs".Length];
        return stem == type.Name || stem.StartsWith(type.Name + "{", StringComparison.Ordinal) || (type.IsPartial && stem.StartsWith(type.Name + ".", StringComparison.Ordinal));
    }
}
