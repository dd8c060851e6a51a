using System.Collections.Immutable;

namespace MPilot.Jobs.Api.Edits;

/// <summary>
/// Puts the entries of <c>fallbacks</c> in order: numbered ones by their number, whenever they came, others where they came. A
/// <c>fallbacks[…][provider]</c> and its <c>fallbacks[…][model]</c> are one entry, at the place where its first half came.
/// </summary>
internal sealed class FallbackEntries
{
    private readonly List<Entry> _all = [];

    /// <summary>Whether no half is left alone.</summary>
    public bool AreComplete => _all.All(e => e.Text is not null || e is { Provider: not null, Model: not null });

    public void Add(int? number, string text) => _all.Add(new(number) { Text = text });

    public void SetProvider(int? number, string provider) => Open(number, e => e.Provider is null).Provider = provider;

    public void SetModel(int? number, string model) => Open(number, e => e.Model is null).Model = model;

    /// <summary>All as <c>provider/model</c>.</summary>
    public ImmutableArray<string> InOrder()
    {
        var numbered = new Queue<Entry>(_all.Where(e => e.Number is not null).OrderBy(e => e.Number));
        return [.. _all.Select(e => e.Number is null ? e : numbered.Dequeue()).Select(e => e.Text ?? $"{e.Provider}/{e.Model}")];
    }

    /// <summary>The newest pair of that number that has room for the half, or a new one.</summary>
    private Entry Open(int? number, Func<Entry, bool> hasRoom)
    {
        var pair = _all.LastOrDefault(e => e.Text is null && e.Number == number && hasRoom(e));
        if (pair is null)
        {
            pair = new(number);
            _all.Add(pair);
        }

        return pair;
    }

    private sealed class Entry(int? number)
    {
        public int? Number => number;

        /// <summary>The whole entry, or <c>null</c> for a pair.</summary>
        public string? Text { get; init; }

        public string? Provider { get; set; }

        public string? Model { get; set; }
    }
}
