using System.Text.RegularExpressions;

using MPilot.Jobs.Architecture.Tests.Sources;

namespace MPilot.Jobs.Architecture.Tests.Rules;

/// <summary>Coordinators run inside grain turns: they neither leave their turn, nor block it, nor lock.</summary>
internal sealed class CoordinatorsRule : IRule
{
    private const string Engine = "src/MPilot.Jobs.Engine/";

    // Besides the files that bear the name.
    private static readonly string[] CoordinatorFolders = [Engine + "Coordination/"];

    private static readonly Regex LeavesTheTurn = new(
        @"\bConfigureAwait\s*\(|\bTask\s*\.\s*(?:Run|Factory)\b|\bThreadPool\b|\bnew\s+Thread\b|\block\s*\(|\bMonitor\s*\.|\bSemaphoreSlim\b|\bSemaphore\b|\bMutex\b"
        + @"|\bReaderWriterLock(?:Slim)?\b|\bSpinLock\b|\bManualResetEvent(?:Slim)?\b|\bnew\s+(?:System\.Threading\.)?Lock\b|\.\s*Wait(?:All|Any)?\s*\(|\bGetResult\s*\(",
        RegexOptions.Compiled);

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.CSharp
        where IsCoordinator(file)
        from Match match in LeavesTheTurn.Matches(file.Code)
        select Violation.At(file, match.Index, $"{match.Value.Trim()} in a coordinator");

    private static bool IsCoordinator(SourceFile file) =>
        file.IsUnder(Engine) && (file.Name.Contains("Coordinator", StringComparison.Ordinal) || Array.Exists(CoordinatorFolders, file.IsUnder));
}
