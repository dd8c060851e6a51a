using System.Text.RegularExpressions;

using MPilot.Jobs.Architecture.Tests.Sources;

namespace MPilot.Jobs.Architecture.Tests.Rules;

/// <summary>Type names say what a thing is, in the design's words.</summary>
internal sealed class TypeNamesRule : IRule
{
    private static readonly HashSet<string> VagueEndings = ["Manager", "Helper", "Helpers", "Util", "Utils", "Common", "Dto", "Base", "Impl", "Data", "Info"];

    // The design has another word for what these would name: edit, job, canceled, tenant.
    private static readonly HashSet<string> WrongWords = ["Task", "Order", "Cancelled", "Aborted", "Customer"];

    // An instruction to a runner, not the notion of a job.
    private static readonly HashSet<string> Accepted = ["AttemptOrder"];

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.CSharp
        from type in file.Types
        where !Accepted.Contains(type.Name)
        let reason = Reason(tree, type)
        where reason is not null
        select Violation.At(file, type.Offset, $"{type.Name}: {reason}");

    private static string? Reason(SourceTree tree, TypeDeclaration type)
    {
        string[] words = [.. Regex.Matches(type.Name, "[A-Z]+(?![a-z])|[A-Z][a-z0-9]*|[a-z0-9]+").Select(match => match.Value)];
        if (words.Length == 0)
            return null;
        if (VagueEndings.Contains(words[^1]))
            return $"“{words[^1]}” says nothing";
        if (words.FirstOrDefault(WrongWords.Contains) is { } wrong)
            return $"“{wrong}” is not a word of the design";
        return words[^1] == "Service" && !IsHosted(tree, type) ? "“Service” is for a hosted service" : null;
    }

    private static bool IsHosted(SourceTree tree, TypeDeclaration type) =>
        Regex.IsMatch(type.Bases, @"\b(IHostedService|IHostedLifecycleService|BackgroundService)\b")
        || Regex.Matches(type.Bases, @"\b\w+Service\b").Any(named =>
            tree.CSharp.SelectMany(file => file.Types).Any(other => other.Name == named.Value && other.Name != type.Name && IsHosted(tree, other)))
        || (type.IsPartial && tree.CSharp.SelectMany(file => file.Types).Any(part => part.Name == type.Name && !part.Equals(type) && part.Bases.Contains("Service", StringComparison.Ordinal)));
}
