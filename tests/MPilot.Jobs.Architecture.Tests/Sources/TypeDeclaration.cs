namespace MPilot.Jobs.Architecture.Tests.Sources;

/// <summary>A class, record, struct, interface, enum or delegate where it is declared; each part of a partial type is one.</summary>
/// <param name="Kind">The keyword, such as <c>class</c> or <c>record struct</c>.</param>
/// <param name="Bases">The text after the colon; empty without one.</param>
/// <param name="IsTopLevel">Whether nothing but namespaces encloses it.</param>
internal sealed record TypeDeclaration(string Name, string Kind, IReadOnlySet<string> Modifiers, string Bases, bool IsTopLevel, int Offset)
{
    public bool IsPartial => Modifiers.Contains("partial");

    /// <summary>Whether another type could inherit from it, by the words of this part alone.</summary>
    public bool IsOpenClass => Kind is "class" or "record" or "record class" && !Modifiers.Overlaps(["sealed", "abstract", "static"]);
}
