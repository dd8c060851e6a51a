using System.Collections.Immutable;

namespace MPilot.Jobs.Api.Edits;

/// <summary>
/// Puts the entries of <c>fallbacks</c> in order: numbered ones by their number, whenever they came, others where they came. A
/// <c>fallbacks[…][provider]</c>, its <c>fallbacks[…][model]</c> and what it overrides are one entry, at the place where the first of them came.
/// </summary>
internal sealed class FallbackEntries
{
    private readonly List<FallbackDraft> _all = [];

    /// <summary>Whether every one says who is to be tried.</summary>
    public bool AreComplete => _all.All(e => e.IsComplete);

    /// <summary>Adds a whole entry.</summary>
    public FallbackDraft Add(int? number, string text)
    {
        var entry = new FallbackDraft(number) { Text = text };
        _all.Add(entry);
        return entry;
    }

    public void SetProvider(int? number, string provider) => Open(number, e => e.Provider is null).Provider = provider;

    public void SetModel(int? number, string model) => Open(number, e => e.Model is null).Model = model;

    public void Override(int? number, string name, string value) => Open(number, e => !e.Overrides(name)).Override(name, value);

    public ImmutableArray<FallbackEntry> InOrder()
    {
        var numbered = new Queue<FallbackDraft>(_all.Where(e => e.Number is not null).OrderBy(e => e.Number));
        return [.. _all.Select(e => e.Number is null ? e : numbered.Dequeue()).Select(e => e.Build())];
    }

    /// <summary>The newest entry of that number that comes in pieces and has room for this one, or a new one.</summary>
    private FallbackDraft Open(int? number, Func<FallbackDraft, bool> hasRoom)
    {
        var entry = _all.LastOrDefault(e => e.Text is null && e.Number == number && hasRoom(e));
        if (entry is null)
        {
            entry = new(number);
            _all.Add(entry);
        }

        return entry;
    }
}
