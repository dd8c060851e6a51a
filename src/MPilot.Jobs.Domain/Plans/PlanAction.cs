namespace MPilot.Jobs.Domain.Plans;

/// <summary>What a step will do with one parameter of an edit.</summary>
public enum PlanAction
{
    /// <summary>Sent to the provider as it is.</summary>
    Honour,

    /// <summary>The service does it around the provider.</summary>
    Emulate,

    /// <summary>A hint that is left out, with a warning in the answer.</summary>
    Warn,

    /// <summary>Would change the picture and cannot be had here: the step is skipped.</summary>
    Refuse,
}
