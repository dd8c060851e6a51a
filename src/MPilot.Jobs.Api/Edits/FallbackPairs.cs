using System.Collections.Immutable;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Puts <c>fallbacks[…][provider]</c> and <c>fallbacks[…][model]</c> together, each pair at the place where its first half came.</summary>
internal sealed class FallbackPairs
{
    private readonly List<Pair> _pairs = [];

    /// <summary>Whether no half is left alone.</summary>
    public bool AreComplete => _pairs.All(p => p is { Provider: not null, Model: not null });

    public void SetProvider(string index, string provider, ImmutableArray<string>.Builder entries)
        => Open(index, p => p.Provider is null, entries).Provider = provider;

    public void SetModel(string index, string model, ImmutableArray<string>.Builder entries)
        => Open(index, p => p.Model is null, entries).Model = model;

    /// <summary>Writes the pairs into the places kept for them.</summary>
    public void Fill(ImmutableArray<string>.Builder entries)
    {
        foreach (var pair in _pairs)
        {
            entries[pair.Place] = $"{pair.Provider}/{pair.Model}";
        }
    }

    /// <summary>The newest pair of that index that has room for the half, or a new one.</summary>
    private Pair Open(string index, Func<Pair, bool> hasRoom, ImmutableArray<string>.Builder entries)
    {
        var pair = _pairs.LastOrDefault(p => p.Index == index && hasRoom(p));
        if (pair is null)
        {
            pair = new(index, entries.Count);
            _pairs.Add(pair);
            entries.Add("");
        }

        return pair;
    }

    private sealed class Pair(string index, int place)
    {
        public string Index => index;

        public int Place => place;

        public string? Provider { get; set; }

        public string? Model { get; set; }
    }
}
