using System.Text;
using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests.Parameters;

/// <summary>
/// Every parameter with every model: what the plan says is held against what the provider received and what the answer shows. The table in
/// <c>parameters.md</c> is what was seen; set MPILOT_WRITE_TABLES to write it anew.
/// </summary>
public sealed class ParameterTableTests(EdgeFixture edge) : IClassFixture<EdgeFixture>
{
    private static readonly string[] Models =
    [
        "openai/gpt-image-2", "openai/gpt-image-2.6-flare", "openai/gpt-image-1.5", "openai/gpt-image-1-mini",
        "local/background-removal", "local/inpainting", "local/outpainting",
    ];

    private static string TablePath
        => Path.Combine(Path.GetDirectoryName(SamplePicture.Path)!, "..", "tests", "MPilot.Jobs.EndToEnd.Tests", "Parameters", "parameters.md");

    [Fact]
    public async Task Parameters_WithEveryModel_AreWhatTheTableSays()
    {
        var table = new StringBuilder("# What becomes of each parameter\n\nWritten by `ParameterTableTests`, each cell seen in a real request.\n\n");
        table.Append("| parameter |").AppendJoin(" |", Models.Select(m => $" {m}")).Append(" |\n|---|").AppendJoin('|', Models.Select(_ => "---")).Append("|\n");
        List<string> wrong = [];
        foreach (var trial in Trials.All)
        {
            table.Append("| ").Append(trial.Name).Append(" |");
            foreach (var model in Models)
            {
                var (action, complaint) = await TryAsync(model, trial);
                table.Append(' ').Append(action).Append(" |");
                wrong.AddRange(complaint is null ? [] : [$"{model} {trial.Name}: {action}, but {complaint}"]);
            }

            table.Append('\n');
        }

        wrong.ShouldBeEmpty();
        if (Environment.GetEnvironmentVariable("MPILOT_WRITE_TABLES") is { Length: > 0 })
        {
            await File.WriteAllTextAsync(TablePath, table.ToString());
        }

        (await File.ReadAllTextAsync(TablePath)).ShouldBe(table.ToString());
    }

    /// <summary>What the plan says of the parameter, and what speaks against it.</summary>
    private async Task<(string Action, string? Complaint)> TryAsync(string model, Trial trial)
    {
        using var client = EditClient.For(edge.Service);
        var prompt = $"{model} {trial.Name}";
        var action = await PlanAsync(client, model, trial, prompt);
        var answer = await EditAsync(client, model, trial, prompt);
        return (action, action switch
        {
            "refused" => Refused(answer, trial),
            _ when answer.Status != 200 => $"it answered {answer.Status} {answer.Text}",
            "warned" => Warned(answer, trial),
            "honoured" when model.StartsWith("openai/", StringComparison.Ordinal) => answer.Calls.All(trial.IsTold) ? null : "the provider was not told",
            _ when trial.Shown is { } shown => shown(answer) ? null : "the answer does not show it",
            _ => trial.Param == "prompt" || action == "honoured" ? null : "nothing shows it",
        });
    }

    private static string? Refused(TrialAnswer answer, Trial trial)
    {
        return answer.Status != 400 ? $"it answered {answer.Status}"
            : !Names(answer.Json, trial) ? $"it does not name {trial.Param}: {answer.Text}"
            : answer.Calls.Count > 0 ? "the provider was called"
            : null;
    }

    private static bool Names(JsonNode error, Trial trial) => error["error"]!["errors"]!.AsArray().Any(e => (string?)e!["param"] == trial.Param);

    private static string? Warned(TrialAnswer answer, Trial trial)
    {
        var warned = answer.Job!["warnings"]?.AsArray().Any(w => (string?)w!["param"] == trial.Param) == true;
        return !warned ? "there is no warning"
            : answer.Calls.Any(c => c.Fields.ContainsKey(trial.Param)) ? "the provider was told all the same"
            : null;
    }

    private static async Task<string> PlanAsync(EditClient client, string model, Trial trial, string prompt)
    {
        using var form = TrialRequest.Form(model, trial, prompt);
        using var response = await client.Http.PostAsync(new Uri("/v1/images/edits/plan", UriKind.Relative), form);
        var body = await response.Content.ReadAsStringAsync();
        var json = JsonNode.Parse(body)!;
        if ((int)response.StatusCode == 400 && Names(json, trial))
        {
            // It contradicts the rest of the request, whatever the model.
            return "refused";
        }

        var rows = json["steps"]?[0]!["parameters"]!.AsArray() ?? throw new InvalidOperationException($"{prompt}: {body}");
        return (string?)rows.SingleOrDefault(r => (string?)r!["param"] == trial.Param)?["action"] ?? throw new InvalidOperationException($"{prompt}: no row in {body}");
    }

    private async Task<TrialAnswer> EditAsync(EditClient client, string model, Trial trial, string prompt)
    {
        using var form = TrialRequest.Form(model, trial, prompt);
        using var response = await client.Http.PostAsync(new Uri("/v1/images/edits", UriKind.Relative), form);
        var text = await response.Content.ReadAsStringAsync();
        var job = response.Headers.TryGetValues("x-mpilot-job-id", out var ids) ? (await client.GetAsync($"/v1/jobs/{ids.Single()}")).Body : null;
        var calls = edge.Simulator.Ledger.Read().Calls.Where(c => c.Fields.GetValueOrDefault("prompt") == prompt).ToList();
        return new((int)response.StatusCode, text, job, calls);
    }
}
