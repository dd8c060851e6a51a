using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>What the service says about a configuration it cannot run with.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public async Task Start_WithMistakes_NamesThemAllWithTheirFullKeysAndStops()
    {
        using var workspace = new Workspace();
        var configuration = JsonNode.Parse("""
            {"Providers":{"openai":{"Kind":"openai","Keys":[{"Name":"main","Secret":"env:MPILOT_TEST_NOT_SET"}],"Retries":-1,"Timeout":"soon"},
                          "other":{"Kind":"carrier-pigeon"}},
             "Aliases":{"x":"nobody/y"},"Colour":"red"}
            """)!.AsObject();

        var (exitCode, output) = await ServiceProcess.FailAsync(workspace, configuration);

        exitCode.ShouldBe(2);
        string[] keys =
        [
            "MPilot:Providers:openai:Keys:0:Secret", "MPilot:Providers:openai:Retries", "MPilot:Providers:openai:Timeout", "MPilot:Providers:other:Kind",
            "MPilot:Aliases:x", "MPilot:Colour",
        ];
        foreach (var key in keys)
        {
            output.ShouldContain($"{key}: ");
        }
    }
}
