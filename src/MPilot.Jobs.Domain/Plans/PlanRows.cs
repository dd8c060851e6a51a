using System.Collections.Immutable;

namespace MPilot.Jobs.Domain.Plans;

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

    public ImmutableArray<ParameterPlan> ToRows() => _rows.ToImmutable();
}
