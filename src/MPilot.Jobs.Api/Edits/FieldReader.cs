using System.Collections.Immutable;
using System.Globalization;

using MPilot.Jobs.Api.Errors;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Reads text fields of a form as values; what is wrong with them goes to the mistakes, and the value is then absent.</summary>
internal sealed class FieldReader(IReadOnlyList<FormField> fields, Mistakes mistakes)
{
    /// <summary>What every choice takes for absent.</summary>
    private const string Auto = "auto";

    private const int MaxChoiceLength = 64;

    public IReadOnlyList<FormField> Fields => fields;

    public Mistakes Mistakes => mistakes;

    public string? Text(string name)
    {
        var values = fields.Where(f => f.Name == name).ToList();
        if (values.Count > 1)
        {
            mistakes.Invalid(name, $"{name} is given more than once.");
        }

        return values.Count == 0 ? null : values[0].Value;
    }

    /// <summary>One of the given values; <c>auto</c> counts as absent.</summary>
    public string? Choice(string name, params ReadOnlySpan<string> allowed)
    {
        var text = Text(name);
        if (text is null or Auto)
        {
            return null;
        }

        if (allowed.Contains(text))
        {
            return text;
        }

        mistakes.Invalid(name, $"{name} must be one of {string.Join(", ", allowed!)}.");
        return null;
    }

    /// <summary>One of the given values, or any short one where they are not known; <c>auto</c> counts as absent.</summary>
    public string? Choice(string name, ImmutableArray<string>? allowed)
    {
        if (allowed is { } known)
        {
            return Choice(name, known.AsSpan());
        }

        var text = Text(name);
        if (text?.Length > MaxChoiceLength)
        {
            mistakes.Invalid(name, $"{name} may have at most {MaxChoiceLength} characters.");
            return null;
        }

        return text is Auto ? null : text;
    }

    public bool Flag(string name)
    {
        switch (Text(name))
        {
            case "true" or "True" or "1":
                return true;
            case null or "false" or "False" or "0":
                return false;
            default:
                mistakes.Invalid(name, $"{name} must be true or false.");
                return false;
        }
    }

    public int? Number(string name, int min, int max)
    {
        if (LongNumber(name) is not { } number)
        {
            return null;
        }

        if (number >= min && number <= max)
        {
            return (int)number;
        }

        mistakes.Invalid(name, string.Create(CultureInfo.InvariantCulture, $"{name} must be between {min} and {max}, got {number}."));
        return null;
    }

    public long? LongNumber(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        // The parser lets trailing NULs pass.
        if (!text.Contains('\0', StringComparison.Ordinal) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        // Callers of Bifrost know this text by its beginning.
        mistakes.Invalid(name, $"invalid {name} value: it must be a 64-bit integer.");
        return null;
    }
}
