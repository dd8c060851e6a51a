using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Catalog;

public sealed class ChainPlannerTests
{
    private readonly World _world = new();
    private readonly EditSpec _spec = new() { Images = [], Prompt = "p" };

    [Fact]
    public void Plan_WhenStepsDiffer_FreezesEachOnesRulesInOrder()
    {
        _world.Options.Providers["a"].Retries = 5;
        _world.Options.Providers["b"].OnLost = "fail";
        _world.Providers["b"].Planning = _ => new([], 4);

        var chain = ChainPlanner.Plan(_spec, [Target("b"), Target("a")], null);

        chain.Select(s => s.ToString()).ShouldBe(["b/m", "a/m"]);
        chain.Select(s => s.Retries).ShouldBe([2, 5]);
        chain.Select(s => s.RetryLost).ShouldBe([false, true]);
        chain.Select(s => s.PicturesPerCall).ShouldBe([4, 1]);
        chain.ShouldAllBe(s => !s.IsSkipped);
    }

    [Fact]
    public void Plan_WhenAParameterIsRefused_SkipsTheStepWithTheReason()
    {
        var row = new ParameterPlan("mask", PlanAction.Refuse, "No masks.");
        _world.Providers["a"].Planning = _ => new([row], 1);

        ChainPlanner.Plan(_spec, [Target("a")], null)[0].Skipped.ShouldBe([row]);
    }

    [Fact]
    public void Plan_WhenAHintIsNotHad_WarnsOrSkipsAsTheCallerSaid()
    {
        var row = new ParameterPlan("seed", PlanAction.Warn, "No seeds.");
        _world.Providers["a"].Planning = _ => new([row, new("size", PlanAction.Emulate)], 1);

        var warned = ChainPlanner.Plan(_spec, [Target("a")], null)[0];
        var refused = ChainPlanner.Plan(_spec with { Unsupported = UnsupportedPolicy.Refuse }, [Target("a")], null)[0];

        warned.IsSkipped.ShouldBeFalse();
        warned.Warnings.ShouldBe([new PlanWarning("seed", "a", "dropped", "No seeds.")]);
        refused.Skipped.ShouldBe([row]);
        refused.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Plan_WhenATargetHasItsOwnEdit_PlansAndFreezesThat()
    {
        _world.Providers["a"].Planning = spec => new([new("size", spec.Size is null ? PlanAction.Honour : PlanAction.Refuse)], 1);
        var own = _spec with { Size = new(64, 64) };

        var chain = ChainPlanner.Plan(_spec, [Target("a"), Target("a") with { Spec = own }], null);

        chain.Select(s => (s.Spec, s.IsSkipped)).ShouldBe([(null, false), (own, true)]);
    }

    [Fact]
    public void Plan_WhenNoPixelsCanBeDrawn_SkipsOnlyStepsThatNeedThem()
    {
        _world.Providers["a"].Planning = _ => new([new("size", PlanAction.Emulate, "Scaled.")], 1) { Rendering = new() { Sources = [], Size = new(1, 1) } };

        var chain = ChainPlanner.Plan(_spec, [Target("a"), Target("b")], "libvips is missing.");

        chain[0].Skipped.ShouldHaveSingleItem().Message!.ShouldContain("libvips is missing.");
        chain[1].IsSkipped.ShouldBeFalse();
    }

    private ChainTarget Target(string provider) => new(new ModelResolution.Found(_world.NewCatalog().Find(provider)!, "m"));
}
