namespace MPilot.Jobs.Domain.Attempts;

/// <summary>The life of an attempt: intended → sending → accepted → succeeded | failed | canceled | lost.</summary>
public enum AttemptStatus
{
    /// <summary>Decided, not sent: free to start again.</summary>
    Intended,

    /// <summary>Committed before the first byte leaves; from here on it may have been bought.</summary>
    Sending,

    /// <summary>The provider gave a job id.</summary>
    Accepted,

    Succeeded,
    Failed,
    Canceled,

    /// <summary>Nobody knows how it ended.</summary>
    Lost,
}
