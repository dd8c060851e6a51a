using System.Globalization;

using MPilot.Jobs.Chaos.Cluster;

namespace MPilot.Jobs.Chaos;

/// <summary>The command line: <c>[--silos N [--logs FOLDER]] [--jobs N] [--kills K] [--seed S]</c>.</summary>
internal static class Programme
{
    private const string Usage = "chaos [--silos N [--logs FOLDER]] [--jobs N] [--kills K] [--seed S]";

    /// <summary>0, 1 if a promise was broken, or 2 where the command line is not understood.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (silos, jobs, kills, seed) = (0, 200, 10, Environment.ProcessId);
        string? logs = null;
        for (var at = 0; at < arguments.Length; at += 2)
        {
            var value = at + 1 < arguments.Length ? arguments[at + 1] : "";
            var isUnderstood = arguments[at] switch
            {
                "--silos" => Number(value, out silos) && silos > 1,
                "--logs" => (logs = value).Length > 0,
                "--jobs" => Number(value, out jobs),
                "--kills" => Number(value, out kills),
                "--seed" => Number(value, out seed),
                _ => false,
            };
            if (!isUnderstood)
            {
                await Console.Error.WriteLineAsync(Usage);
                return 2;
            }
        }

        var report = await (silos == 0
            ? new Campaign(new(jobs, kills, seed), TimeProvider.System).RunAsync()
            : new ClusterCampaign(new(silos, jobs, kills, seed) { Logs = logs }, TimeProvider.System).RunAsync());
        Console.WriteLine(report);
        return report.Violations.Count == 0 ? 0 : 1;
    }

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
