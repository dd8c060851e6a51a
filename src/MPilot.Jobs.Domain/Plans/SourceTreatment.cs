namespace MPilot.Jobs.Domain.Plans;

/// <summary>How a source goes to the provider.</summary>
public enum SourceTreatment
{
    /// <summary>Its bytes as they are, less private metadata.</summary>
    Keep,

    /// <summary>Drawn anew: upright, by the layout, in an encoding the model takes.</summary>
    Draw,
}
