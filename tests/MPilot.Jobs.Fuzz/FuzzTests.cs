using Shouldly;

using Xunit;

namespace MPilot.Jobs.Fuzz;

/// <summary>A short run, always of the same inputs.</summary>
public sealed class FuzzTests
{
    private const int Seed = 4;
    private const int Inputs = 3_000;

    [Theory]
    [InlineData("probe")]
    [InlineData("strip")]
    [InlineData("multipart")]
    [InlineData("json")]
    public async Task Feed_WhenInputsAreNearlyRight_FindsNothing(string name)
    {
        var target = Programme.Targets().Single(t => t.Name == name);

        var report = await new Fuzzer(target, TimeProvider.System).RunAsync(Seed, executions => executions < Inputs);

        report.Findings.ShouldBeEmpty();
        report.Executions.ShouldBe(Inputs);
    }
}
