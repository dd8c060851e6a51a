using System.Diagnostics;
using System.Text.Json.Nodes;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>Runs a script of the node folder with the packages installed there.</summary>
internal static class NodeScript
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What the script printed, as JSON.</summary>
    public static async Task<JsonNode> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "node", script));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode == 0
            ? JsonNode.Parse(await output)!
            : throw new InvalidOperationException($"node {script} failed: {await errors}");
    }
}
