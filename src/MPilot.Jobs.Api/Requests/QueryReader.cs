using System.Collections.Immutable;
using System.Globalization;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;

namespace MPilot.Jobs.Api.Requests;

/// <summary>Reads parameters of a query as values; what is wrong with them goes to the mistakes. An empty one counts as absent.</summary>
internal sealed class QueryReader(HttpRequest request, Mistakes mistakes)
{
    public string? Text(string name)
    {
        var values = request.Query[name];
        if (values.Count > 1)
        {
            mistakes.Invalid(name, $"{name} is given more than once.");
        }

        return values is [{ Length: > 0 } text, ..] ? text : null;
    }

    /// <summary>Some of those allowed, with commas between or given again and again; each counts once.</summary>
    public ImmutableArray<string>? Choices(string name, ImmutableArray<string> allowed)
    {
        var texts = request.Query[name].OfType<string>().Where(t => t.Length > 0).ToList();
        if (texts.Count == 0)
        {
            return null;
        }

        var chosen = JsonObjectMembers.Choices(texts.SelectMany(t => t.Split(',')), allowed);
        if (chosen is null)
        {
            mistakes.Invalid(name, $"{name} must be some of {string.Join(", ", allowed)}, with commas between.");
        }

        return chosen;
    }

    /// <summary>How many rows a page may have: <c>limit</c>.</summary>
    public int Limit(int usual, int most)
    {
        if (Text("limit") is not { } text)
        {
            return usual;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most)
        {
            return limit;
        }

        mistakes.Invalid("limit", $"limit must be a number from 1 to {most}.");
        return usual;
    }

    /// <summary>One of a closed set, by its name.</summary>
    public TEnum? Choice<TEnum>(string name, Func<TEnum, string> nameOf)
        where TEnum : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        foreach (var value in Enum.GetValues<TEnum>().Where(v => nameOf(v) == text))
        {
            return value;
        }

        mistakes.Invalid(name, $"{name} must be one of {string.Join(", ", Enum.GetValues<TEnum>().Select(nameOf))}.");
        return null;
    }
}
