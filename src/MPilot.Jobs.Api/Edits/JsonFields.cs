using System.Globalization;
using System.Text;
using System.Text.Json;

using MPilot.Jobs.Api.Errors;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Turns the members of a JSON body that are no pictures into the fields a form would have.</summary>
internal static class JsonFields
{
    /// <summary>Takes one member.</summary>
    /// <returns>Why the body is not read on, or <c>null</c>.</returns>
    public static ApiError? Take(EditForm form, string name, JsonElement value)
    {
        if (Read(name, value, form.Mistakes) is not { } text)
        {
            return null;
        }

        if (Encoding.UTF8.GetByteCount(text) > FormLimits.TextBytes)
        {
            return ErrorCatalog.TextTooLarge(EditFields.Shown(name));
        }

        form.Add(name, text);
        return null;
    }

    /// <summary>The text a form would have, empty for what counts as absent; <c>null</c> and a mistake where the value is of a kind the field does not take.</summary>
    public static string? Read(string name, JsonElement value, Mistakes mistakes)
    {
        var text = Text(name, value);
        if (text is null)
        {
            Refuse(mistakes, name, EditFields.Shown(name));
        }

        return text;
    }

    /// <summary>The text a form would have, empty for what counts as absent; <c>null</c> where the value is of a kind the field does not take.</summary>
    private static string? Text(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number when EditFields.IsTyped(name) => Number(value),
        JsonValueKind.True or JsonValueKind.False when EditFields.IsTyped(name) => value.GetRawText(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when !EditFields.IsKnown(EditFields.Root(name)) => value.GetRawText(),
        JsonValueKind.Array or JsonValueKind.Object when name == EditFields.Fallbacks => value.GetRawText(),
        JsonValueKind.Array when name == EditFields.OutputUrl => value.GetRawText(),
        JsonValueKind.Object when name == EditFields.Metadata => value.GetRawText(),
        _ => null,
    };

    /// <summary>Some encoders write whole numbers as 2.0 or 2e0.</summary>
    private static string Number(JsonElement value)
    {
        var isWhole = value.TryGetDecimal(out var number) && decimal.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue;
        return isWhole ? ((long)number).ToString(CultureInfo.InvariantCulture) : value.GetRawText();
    }

    private static void Refuse(Mistakes mistakes, string name, string shown)
    {
        if (EditFields.IsKnown(EditFields.Root(name)))
        {
            mistakes.Invalid(shown, $"{shown} must be {Kind(name)}.");
        }
        else
        {
            mistakes.Unsupported(shown, $"{shown} is not known here, and unknown members must be texts, numbers or booleans.");
        }
    }

    private static string Kind(string name) => name switch
    {
        EditFields.Fallbacks => "an array of provider/model texts or objects",
        EditFields.Metadata => "an object whose values are texts",
        EditFields.OutputUrl => "a text or an array of texts",
        EditFields.Stream => "true or false",
        _ when EditFields.IsTyped(name) => "a number",
        _ => "a text",
    };
}
