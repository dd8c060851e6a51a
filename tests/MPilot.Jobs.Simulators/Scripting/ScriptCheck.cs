namespace MPilot.Jobs.Simulators.Scripting;

/// <summary>Finds rules that contradict themselves, so that a test with a slip fails where the slip is.</summary>
internal static class ScriptCheck
{
    public static IEnumerable<string> Mistakes(ScriptRule rule)
    {
        var action = rule.Action;
        if (rule.Times is 0 or < -1) yield return $"times {rule.Times}: must be positive, or -1 for all";
        if (rule.Match.Key is { Length: not 4 }) yield return "match.key: must be the secret's last 4 characters";
        if (action.IsBeforeBody && rule.Match.NeedsBody) yield return "an action before the body cannot match by model or prompt";
        if (action.BeforeBody && action.Status is null) yield return "beforeBody needs status";
        if (action.Status is < 400 or > 599) yield return $"status {action.Status}: must be 400 to 599";
        if (action.DelayMs < 0 || action.SlowDripMs < 0 || action.Truncate < 0) yield return "negative number";
        if (action.DripBytes <= 0 || action.PictureBytes <= 0) yield return "number must be positive";
        if (action.JobEnds is not (null or "canceled" or "aborted")) yield return $"jobEnds {action.JobEnds}: must be canceled or aborted";
        if (rule.Match.Call is not (null or "upload" or "poll" or "cancel" or "delete" or "output")) yield return $"match.call {rule.Match.Call}: there is no such call";
        var endings = Endings(action).ToArray();
        if (endings.Length > 1) yield return $"only one of {string.Join(", ", endings)}";
    }

    private static IEnumerable<string> Endings(ScriptAction action)
    {
        if (action.Status is not null) yield return "status";
        if (action.Moderation) yield return "moderation";
        if (action.Quota) yield return "quota";
        if (action.RefuseKey) yield return "refuseKey";
        if (action.ResetBeforeBody) yield return "resetBeforeBody";
        if (action.ResetAfterPurchase) yield return "resetAfterPurchase";
        if (action.Hang) yield return "hang";
        if (action.WrongBytes) yield return "wrongBytes";
        if (action.EmptyData) yield return "emptyData";
        if (action.NoB64) yield return "noB64";
        if (action.InvalidJson) yield return "invalidJson";
        if (action.JobError is not null) yield return "jobError";
        if (action.JobEnds is not null) yield return "jobEnds";
        if (action.StreamError) yield return "streamError";
    }
}
