using MPilot.Jobs.Architecture.Tests.Sources;

namespace MPilot.Jobs.Architecture.Tests.Rules;

/// <summary>A class is sealed, abstract or static. The compiler's own Program is none of them.</summary>
internal sealed class SealedTypesRule : IRule
{
    public IEnumerable<Violation> Check(SourceTree tree)
    {
        var closedElsewhere = tree.CSharp
            .SelectMany(file => file.Types.Where(type => type.IsPartial && !type.IsOpenClass).Select(type => (Folder(file), type.Name)))
            .ToHashSet();

        return
            from file in tree.CSharp
            from type in file.Types
            where type.IsOpenClass && type.Name != "Program"
            where !type.IsPartial || !closedElsewhere.Contains((Folder(file), type.Name))
            select Violation.At(file, type.Offset, $"{type.Name} is neither sealed nor abstract nor static");
    }

    private static string Folder(SourceFile file) => file.Path[..^file.Name.Length];
}
