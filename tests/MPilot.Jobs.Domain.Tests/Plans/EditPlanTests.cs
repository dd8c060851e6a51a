using MPilot.Jobs.Domain.Plans;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Plans;

public sealed class EditPlanTests
{
    private static readonly ParameterPlan Prompt = new("prompt", PlanAction.Honour);
    private static readonly ParameterPlan Count = new("n", PlanAction.Emulate, "One call per picture.");
    private static readonly ParameterPlan Seed = new("seed", PlanAction.Warn, "Left out.");
    private static readonly ParameterPlan Mask = new("mask", PlanAction.Refuse, "Takes no mask.");

    [Fact]
    public void IsRefused_WhenOneParameterIsRefused_NamesIt()
    {
        var plan = new EditPlan([Prompt, Mask, Seed], 1);

        plan.IsRefused.ShouldBeTrue();
        plan.Refusals.ShouldBe([Mask]);
    }

    [Fact]
    public void IsRefused_WhenParametersAreOnlyWarnedAboutOrEmulated_IsFalse()
    {
        var plan = new EditPlan([Prompt, Count, Seed], 1);

        plan.IsRefused.ShouldBeFalse();
        plan.Refusals.ShouldBeEmpty();
        plan.Warnings.ShouldBe([Seed]);
    }
}
