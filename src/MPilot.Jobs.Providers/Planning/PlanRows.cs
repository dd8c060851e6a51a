using System.Collections.Immutable;

using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Providers.Planning;

/// <summary>Collects the rows of a plan, one a parameter.</summary>
internal sealed class PlanRows
{
    private readonly ImmutableArray<ParameterPlan>.Builder _rows = ImmutableArray.CreateBuilder<ParameterPlan>();

    public void Honour(string parameter) => _rows.Add(new(parameter, PlanAction.Honour));

    public void Emulate(string parameter, string how) => _rows.Add(new(parameter, PlanAction.Emulate, how));

    public void Warn(string parameter, string why) => _rows.Add(new(parameter, PlanAction.Warn, why));

    public void Refuse(string parameter, string why) => _rows.Add(new(parameter, PlanAction.Refuse, why));

    /// <summary>Refuses for a reason, or honours where there is none.</summary>
    public void HonourUnless(string? whyNot, string parameter)
    {
        if (whyNot is null)
        {
            Honour(parameter);
        }
        else
        {
            Refuse(parameter, whyNot);
        }
    }

    /// <summary>Leaves a hint out for a reason, or honours it where there is none.</summary>
    public void HonourHintUnless(string? whyNot, string parameter)
    {
        if (whyNot is null)
        {
            Honour(parameter);
        }
        else
        {
            Warn(parameter, whyNot);
        }
    }

    /// <summary>Leaves a hint out if the edit carries it.</summary>
    public void WarnIf(bool present, string parameter, string why)
    {
        if (present)
        {
            Warn(parameter, why);
        }
    }

    public EditPlan ToPlan(int picturesPerCall) => new(_rows.ToImmutable(), picturesPerCall);
}
