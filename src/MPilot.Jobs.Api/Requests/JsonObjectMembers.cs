using System.Collections.Immutable;
using System.Text.Json;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;

namespace MPilot.Jobs.Api.Requests;

/// <summary>Members of a small JSON body as values; what is wrong with them goes to the mistakes. <c>null</c> counts as absent.</summary>
internal sealed class JsonObjectMembers(Dictionary<string, JsonElement> members, Mistakes mistakes)
{
    public string? Text(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        mistakes.Invalid(name, $"{name} must be a text.");
        return null;
    }

    public bool? Flag(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        mistakes.Invalid(name, $"{name} must be true or false.");
        return null;
    }

    /// <summary>A moment in whole seconds since 1970.</summary>
    public DateTimeOffset? Moment(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        const long Latest = 253_402_300_799;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is >= 0 and <= Latest)
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        mistakes.Invalid(name, $"{name} must be a time in seconds since 1970.");
        return null;
    }

    /// <summary>An array of texts, each one of those allowed; each counts once.</summary>
    public ImmutableArray<string>? Choices(string name, ImmutableArray<string> allowed)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String)
            && Choices(value.EnumerateArray().Select(v => v.GetString()!), allowed) is { } chosen)
        {
            return chosen;
        }

        mistakes.Invalid(name, $"{name} must be an array of {string.Join(", ", allowed)}.");
        return null;
    }

    /// <summary>What was chosen, each once; <c>null</c> where one of them is not allowed.</summary>
    public static ImmutableArray<string>? Choices(IEnumerable<string> chosen, ImmutableArray<string> allowed)
        => chosen.Distinct(StringComparer.Ordinal).ToImmutableArray() is var all && all.All(c => allowed.Contains(c, StringComparer.Ordinal)) ? all : null;

    /// <summary>Whatever else is there is a mistake: it would be dropped.</summary>
    public void RefuseOthers(params ReadOnlySpan<string> known)
    {
        foreach (var name in members.Keys)
        {
            if (!known.Contains(name))
            {
                mistakes.Unsupported(EditFields.Shown(name), $"{EditFields.Shown(name)} is not supported.");
            }
        }
    }

    private JsonElement? Find(string name)
        => members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
