namespace MPilot.Jobs.Domain.Plans;

/// <summary>How far a model keeps to a mask.</summary>
public enum MaskObedience
{
    /// <summary>It takes none.</summary>
    None,

    /// <summary>It takes one as advice and may change what is outside.</summary>
    Advisory,

    /// <summary>What the mask keeps comes back unchanged.</summary>
    Exact,
}
