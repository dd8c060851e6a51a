using System.Globalization;

using MPilot.Jobs.Api.Errors;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Reads text fields of a form as values; what is wrong with them goes to the mistakes, and the value is then absent.</summary>
internal sealed class FieldReader(IReadOnlyList<FormField> fields, Mistakes mistakes)
{
    /// <summary>What every choice takes for absent.</summary>
    private const string Auto = "auto";

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

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        mistakes.Invalid(name, $"{name} must be an integer.");
        return null;
    }
}
