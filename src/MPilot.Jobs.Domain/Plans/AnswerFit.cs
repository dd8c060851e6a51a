namespace MPilot.Jobs.Domain.Plans;

/// <summary>How a picture of other proportions becomes one of the wanted size.</summary>
public enum AnswerFit
{
    /// <summary>Scaled until it covers the size; what stands over is cut off evenly.</summary>
    Crop,

    /// <summary>Scaled until it fits into the size; the rest is transparent.</summary>
    Pad,
}
