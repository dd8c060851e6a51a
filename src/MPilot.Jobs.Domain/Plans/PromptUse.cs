namespace MPilot.Jobs.Domain.Plans;

/// <summary>What a model makes of a prompt.</summary>
public enum PromptUse
{
    /// <summary>It needs one. Edits that come without are given one by the service.</summary>
    Required,

    /// <summary>It follows one.</summary>
    Optional,

    /// <summary>It does one thing and reads none.</summary>
    Unread,
}
