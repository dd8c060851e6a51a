using System.Text.Json;

using MPilot.Jobs.Api.Errors;

namespace MPilot.Jobs.Api.Edits;

/// <summary>An entry of <c>fallbacks</c> while its pieces come.</summary>
/// <param name="number">The number it came with, if any.</param>
internal sealed class FallbackDraft(int? number)
{
    private readonly List<FormField> _overrides = [];
    private readonly Mistakes _mistakes = new();

    public int? Number => number;

    /// <summary>The whole model, or <c>null</c> where provider and model come one by one.</summary>
    public string? Text { get; init; }

    public string? Provider { get; set; }

    public string? Model { get; set; }

    /// <summary>Whether it says who is to be tried.</summary>
    public bool IsComplete => Text is not null || (Provider is not null && Model is not null);

    public bool Overrides(string name) => _overrides.Any(o => o.Name == name);

    /// <summary>Takes a field of its own, of a form.</summary>
    public void Override(string name, string value)
    {
        if (IsTaken(name))
        {
            _overrides.Add(new(name, value));
        }
    }

    /// <summary>Takes a field of its own, of a JSON object. What is <c>null</c> or empty is absent.</summary>
    public void Override(string name, JsonElement value)
    {
        if (IsTaken(name) && JsonFields.Read(name, value, _mistakes) is { Length: > 0 } text)
        {
            _overrides.Add(new(name, text));
        }
    }

    public FallbackEntry Build() => new(Text ?? $"{Provider}/{Model}", _overrides, _mistakes);

    private bool IsTaken(string name)
    {
        if (EditFields.MayOverride(name))
        {
            return true;
        }

        var shown = EditFields.Shown(name);
        _mistakes.Unsupported(shown, $"{shown} is the same for the whole chain: an entry cannot override it.");
        return false;
    }
}
