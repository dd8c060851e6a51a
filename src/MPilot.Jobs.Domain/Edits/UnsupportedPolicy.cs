namespace MPilot.Jobs.Domain.Edits;

/// <summary>What to do with a hint parameter that a step cannot honour.</summary>
public enum UnsupportedPolicy
{
    /// <summary>Leave it out and say so in the answer. The default.</summary>
    Warn,

    /// <summary>Skip the step; if no step is left, refuse the request.</summary>
    Refuse,
}
