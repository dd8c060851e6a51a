using System.Collections;
using System.Globalization;
using System.Reflection;

using Microsoft.Extensions.Configuration;

using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>
/// Binds a configuration section to option classes and collects every mistake on the way: unknown keys, values of the wrong form,
/// and <c>env:NAME</c> values whose variable is not set.
/// </summary>
internal sealed class OptionsBinder(Func<string, string?> environment)
{
    private const string EnvironmentPrefix = "env:";

    private static readonly string[] Moments = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private readonly List<OptionMistake> _mistakes = [];

    public IReadOnlyList<OptionMistake> Mistakes => _mistakes;

    /// <summary>Fills the settable properties of an option object.</summary>
    public void Bind(IConfigurationSection section, object target)
    {
        // A scalar, or an empty list, which looks like an empty text.
        if (section.Value is not null)
        {
            _mistakes.Add(new(section.Path, "must be a section."));
            return;
        }

        var properties = target.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true })
            .ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (!properties.TryGetValue(child.Key, out var property))
            {
                var known = string.Join(", ", properties.Keys.Order(StringComparer.Ordinal));
                _mistakes.Add(new(child.Path, $"is not an option; known here: {known}."));
            }
            else if (Value(child, property.PropertyType, property.GetValue(target)) is { } value)
            {
                property.SetValue(target, value);
            }
        }
    }

    /// <summary>The value of a node, or <c>null</c> where it is absent or a mistake.</summary>
    private object? Value(IConfigurationSection node, Type type, object? current)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            type = underlying;
        }

        if (type == typeof(string) || type.IsPrimitive || type == typeof(decimal) || type == typeof(TimeSpan) || type == typeof(DateTimeOffset) || type == typeof(Uri))
        {
            return Scalar(node, type);
        }

        if (current is IDictionary dictionary)
        {
            FillDictionary(node, dictionary, type.GetGenericArguments()[1]);
            return dictionary;
        }

        // What is absent by default, lists included, begins empty.
        var target = current ?? Activator.CreateInstance(type)!;
        if (target is IList list)
        {
            FillList(node, list, type.GetGenericArguments()[0]);
            return list;
        }

        Bind(node, target);
        return target;
    }

    private void FillDictionary(IConfigurationSection node, IDictionary dictionary, Type valueType)
    {
        var children = node.GetChildren().ToList();
        if (node.Value is not null || (children.Count > 0 && IsList(children)))
        {
            _mistakes.Add(new(node.Path, "must be a section with a name for each entry."));
            return;
        }

        foreach (var child in children)
        {
            if (Value(child, valueType, null) is { } value)
            {
                dictionary[child.Key] = value;
            }
        }
    }

    private void FillList(IConfigurationSection node, IList list, Type valueType)
    {
        var children = node.GetChildren().ToList();
        if (node.Value is { Length: > 0 } || !IsList(children))
        {
            _mistakes.Add(new(node.Path, "must be a list, numbered 0, 1, 2 and so on where it comes from the environment."));
            return;
        }

        foreach (var child in children)
        {
            // Something stands in for a mistake: the items after it keep their numbers.
            list.Add(Item(child, valueType) ?? (valueType == typeof(string) ? "" : Activator.CreateInstance(valueType)));
        }
    }

    private object? Item(IConfigurationSection node, Type type)
    {
        if (node.Value is null && !node.GetChildren().Any())
        {
            _mistakes.Add(new(node.Path, "must not be empty."));
            return null;
        }

        return Value(node, type, null);
    }

    private static bool IsList(List<IConfigurationSection> children)
        => children.Select((child, index) => child.Key == index.ToString(CultureInfo.InvariantCulture)).All(isNumbered => isNumbered);

    private object? Scalar(IConfigurationSection node, Type type)
    {
        if (node.Value is not { } text)
        {
            if (node.GetChildren().Any())
            {
                _mistakes.Add(new(node.Path, $"must be {Form(type)}, not a section."));
            }

            return null;
        }

        if (text.StartsWith(EnvironmentPrefix, StringComparison.Ordinal))
        {
            var name = text[EnvironmentPrefix.Length..];
            if (environment(name) is not { Length: > 0 } found)
            {
                // What is no name may be a secret pasted after the prefix.
                _mistakes.Add(new(node.Path, IsVariableName(name)
                    ? $"names the environment variable {name}, which is not set."
                    : "must name an environment variable after env:."));
                return null;
            }

            text = found;
        }

        var value = Parse(text, type);
        if (value is null)
        {
            _mistakes.Add(new(node.Path, $"must be {Form(type)}."));
        }

        return value;
    }

    private static bool IsVariableName(string name)
        => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static object? Parse(string text, Type type)
    {
        var culture = CultureInfo.InvariantCulture;
        return type switch
        {
            _ when type == typeof(string) => text.Length > 0 ? text : null,
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var i) ? i : null,
            _ when type == typeof(long) => long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var l) ? l : null,
            _ when type == typeof(double) => double.TryParse(text, NumberStyles.Float, culture, out var d) && double.IsFinite(d) ? d : null,
            _ when type == typeof(decimal) => decimal.TryParse(text, NumberStyles.Float, culture, out var m) ? m : null,
            _ when type == typeof(bool) => bool.TryParse(text, out var b) ? b : null,
            _ when type == typeof(TimeSpan) => Duration(text, culture),
            _ when type == typeof(DateTimeOffset) => Moment(text, culture),
            _ when type == typeof(Uri) => Uri.TryCreate(text, UriKind.Absolute, out var u) ? u : null,
            _ => throw new NotSupportedException($"Options of type {type} are not supported."),
        };
    }

    /// <summary>The lenient form reads 30 as days, and 24:00:00 as 24 of them.</summary>
    private static object? Duration(string text, CultureInfo culture)
        => text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParseExact(text, "c", culture, out var time) ? time : null;

    private static object? Moment(string text, CultureInfo culture)
        => DateTimeOffset.TryParseExact(text, Moments, culture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    private static string Form(Type type) => type switch
    {
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(double) || type == typeof(decimal) => "a number",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => "a time such as 00:05:00 or 1.00:00:00",
        _ when type == typeof(DateTimeOffset) => "a moment such as 2027-01-31T00:00:00Z",
        _ when type == typeof(Uri) => "an absolute URL",
        _ => "a text, and not an empty one",
    };
}
