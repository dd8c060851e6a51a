namespace MPilot.Jobs.Simulators.Scripting;

/// <summary>The rules still to be used, in order.</summary>
/// <param name="otherwise">What is done to a call that no rule fits.</param>
internal sealed class FaultScript(Func<ScriptedCall, ScriptAction> otherwise)
{
    private readonly Lock _lock = new();
    private readonly List<PendingRule> _pending = [];

    public int Append(IReadOnlyCollection<ScriptRule> rules)
    {
        var mistakes = rules.SelectMany((rule, at) => ScriptCheck.Mistakes(rule).Select(mistake => $"rule {at}: {mistake}")).ToArray();
        if (mistakes.Length > 0) throw new ArgumentException(string.Join("; ", mistakes), nameof(rules));
        lock (_lock)
        {
            _pending.AddRange(rules.Select(rule => new PendingRule(rule)));
            return _pending.Count;
        }
    }

    public void Clear()
    {
        lock (_lock) _pending.Clear();
    }

    /// <summary>The action to take before the upload is read, if the first rule that certainly fits has one.</summary>
    public ScriptAction? TakeBeforeBody(string provider, string? key, string? call = null)
    {
        lock (_lock)
        {
            var first = _pending.Find(pending => !pending.Rule.Match.NeedsBody && pending.Rule.Match.FitsHead(provider, key, call));
            return first?.Rule.Action.IsBeforeBody == true ? Use(first) : null;
        }
    }

    /// <summary>The action for a call whose upload has been read; of one no rule fits, what is done otherwise.</summary>
    public ScriptAction Take(string provider, string? key, string? model, string? prompt, string? call = null)
    {
        lock (_lock)
        {
            var first = _pending.Find(pending =>
                !pending.Rule.Action.IsBeforeBody && pending.Rule.Match.FitsHead(provider, key, call) && pending.Rule.Match.FitsBody(model, prompt));
            if (first is not null) return Use(first);
        }
        return otherwise(new ScriptedCall(provider, key, model, prompt, call));
    }

    private ScriptAction Use(PendingRule pending)
    {
        if (pending.Left > 0 && --pending.Left == 0) _pending.Remove(pending);
        return pending.Rule.Action;
    }
}
