using System.Globalization;

using MPilot.Jobs.Fuzz.Targets;

namespace MPilot.Jobs.Fuzz;

/// <summary>The command line: <c>[--minutes N] [--seed S] [--repeat TARGET:CASE]</c>.</summary>
internal static class Programme
{
    private const string Usage = "fuzz [--minutes N] [--seed S] [--repeat TARGET:CASE]";

    /// <summary>Everything that is fed.</summary>
    public static IReadOnlyList<IFuzzTarget> Targets() => [new ProbeTarget(), new StripTarget(), new MultipartTarget(), new JsonTarget()];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (minutes, seed) = (1.0, Environment.ProcessId);
        string? repeated = null;
        for (var at = 0; at < arguments.Length; at += 2)
        {
            var value = at + 1 < arguments.Length ? arguments[at + 1] : "";
            var isUnderstood = arguments[at] switch
            {
                "--minutes" => double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out minutes),
                "--seed" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seed),
                "--repeat" => (repeated = value).Contains(':', StringComparison.Ordinal),
                _ => false,
            };
            if (!isUnderstood)
            {
                Console.Error.WriteLine(Usage);
                return 2;
            }
        }

        return repeated is null ? await FuzzAsync(TimeSpan.FromMinutes(minutes), seed) : await RepeatAsync(repeated.Split(':'));
    }

    private static async Task<int> FuzzAsync(TimeSpan length, int seed)
    {
        Say($"seed {seed}, {length.TotalMinutes} min");
        var findings = 0;
        var targets = Targets();
        foreach (var target in targets)
        {
            var report = await new Fuzzer(target, TimeProvider.System).RunAsync(seed, length / targets.Count);
            findings += report.Findings.Count;
            Say($"{target.Name}: {report.Executions} inputs, {report.Findings.Count} findings");
            foreach (var finding in report.Findings)
            {
                Say($"  {finding.What}\n    again: ./dev fuzz --repeat {target.Name}:{finding.Case}");
            }
        }

        return findings == 0 ? 0 : 1;
    }

    private static async Task<int> RepeatAsync(string[] repeated)
    {
        var target = Targets().FirstOrDefault(t => t.Name == repeated[0]);
        if (target is null || !int.TryParse(repeated[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var found = await new Fuzzer(target, TimeProvider.System).TryAsync(number);
        Say(found?.What ?? "nothing found");
        return found is null ? 0 : 1;
    }

    private static void Say(string text) => Console.WriteLine(text);
}
