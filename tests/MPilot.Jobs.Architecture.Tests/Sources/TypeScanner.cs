using System.Text.RegularExpressions;

namespace MPilot.Jobs.Architecture.Tests.Sources;

/// <summary>Finds type declarations in code whose comments and literals are blanked.</summary>
internal static class TypeScanner
{
    private const string Modifiers =
        @"(?<modifiers>(?:\b(?:public|internal|private|protected|file|static|sealed|abstract|partial|readonly|ref|unsafe|new)\s+)*)";

    private static readonly Regex Declaration = new(
        Modifiers + @"(?<![\w.@])(?<kind>class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>@?[A-Za-z_]\w*)",
        RegexOptions.Compiled);

    private static readonly Regex Delegate = new(
        Modifiers + @"(?<![\w.@])(?<kind>delegate)\s+[^;{}()=]+?\s+(?<name>@?[A-Za-z_]\w*)\s*(?:<[^>()]*>)?\s*\(",
        RegexOptions.Compiled);

    // "record" is a name too ("record is null"), and "where T : class" is followed by the next "where".
    private static readonly HashSet<string> NeverNames = ["where", "in", "is", "as", "with", "switch", "and", "or", "not", "when", "else"];

    public static IEnumerable<TypeDeclaration> Scan(string code)
    {
        var topLevel = TopLevelOffsets(code);
        return Declaration.Matches(code).Concat(Delegate.Matches(code))
            .Where(match => !NeverNames.Contains(match.Groups["name"].Value) && StartsDeclaration(code, match))
            .OrderBy(match => match.Index)
            .Select(match => new TypeDeclaration(
                match.Groups["name"].Value.TrimStart('@'),
                Regex.Replace(match.Groups["kind"].Value, @"\s+", " "),
                match.Groups["modifiers"].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(),
                BasesAt(code, match.Groups["name"].Index + match.Groups["name"].Length),
                topLevel[match.Index],
                match.Groups["kind"].Index));
    }

    private static bool StartsDeclaration(string code, Match match)
    {
        if (match.Groups["modifiers"].Length > 0)
            return true;
        var before = code.AsSpan(0, match.Index).TrimEnd();
        return before.IsEmpty || before[^1] is '{' or '}' or ';' or ']';
    }

    private static bool[] TopLevelOffsets(string code)
    {
        var offsets = new bool[code.Length + 1];
        var open = new Stack<bool>();
        int insideOthers = 0;
        for (int i = 0; i < code.Length; i++)
        {
            offsets[i] = insideOthers == 0;
            if (code[i] == '{')
            {
                bool isNamespace = Regex.IsMatch(code[Math.Max(0, i - 300)..i], @"\bnamespace\s+[\w.]+\s*$");
                open.Push(isNamespace);
                insideOthers += isNamespace ? 0 : 1;
            }
            else if (code[i] == '}' && open.TryPop(out bool wasNamespace))
            {
                insideOthers -= wasNamespace ? 0 : 1;
            }
        }

        return offsets;
    }

    private static string BasesAt(string code, int at)
    {
        at = SkipBalanced(code, SkipSpace(code, at), '<', '>');
        at = SkipBalanced(code, SkipSpace(code, at), '(', ')');
        at = SkipSpace(code, at);
        if (at >= code.Length || code[at] != ':')
            return "";
        int end = code.IndexOfAny(['{', ';'], at);
        string header = code[(at + 1)..(end < 0 ? code.Length : end)];
        return Regex.Split(header, @"\bwhere\b")[0].Trim();
    }

    private static int SkipSpace(string code, int at)
    {
        while (at < code.Length && char.IsWhiteSpace(code[at]))
            at++;
        return at;
    }

    private static int SkipBalanced(string code, int at, char opening, char closing)
    {
        if (at >= code.Length || code[at] != opening)
            return at;
        int depth = 0;
        do
        {
            depth += code[at] == opening ? 1 : code[at] == closing ? -1 : 0;
            at++;
        }
        while (at < code.Length && depth > 0);
        return at;
    }
}
