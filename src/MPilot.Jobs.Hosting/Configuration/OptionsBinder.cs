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

    private readonly List<OptionMistake> _mistakes = [];

    public IReadOnlyList<OptionMistake> Mistakes => _mistakes;

    /// <summary>Fills an option object from a section.</summary>
    public void Read(IConfigurationSection section, object target) => Value(section, target.GetType(), target);

    /// <summary>Fills the settable properties of an option object.</summary>
    private void Bind(IConfigurationSection section, object target)
    {
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

        if (type == typeof(string) || type.IsPrimitive || type == typeof(TimeSpan) || type == typeof(Uri))
        {
            return Scalar(node, type);
        }

        if (node.Value is { Length: > 0 } && !node.GetChildren().Any())
        {
            _mistakes.Add(new(node.Path, current is IList ? "must be a list, not a single value." : "must be a section, not a single value."));
            return null;
        }

        if (current is IDictionary dictionary)
        {
            FillDictionary(node, dictionary, type.GetGenericArguments()[1]);
            return dictionary;
        }

        if (current is IList list)
        {
            FillList(node, list, type.GetGenericArguments()[0]);
            return list;
        }

        var target = current ?? Activator.CreateInstance(type)!;
        Bind(node, target);
        return target;
    }

    private void FillDictionary(IConfigurationSection node, IDictionary dictionary, Type valueType)
    {
        foreach (var child in node.GetChildren())
        {
            if (Value(child, valueType, null) is { } value)
            {
                dictionary[child.Key] = value;
            }
        }
    }

    private void FillList(IConfigurationSection node, IList list, Type valueType)
    {
        foreach (var child in node.GetChildren())
        {
            if (Value(child, valueType, null) is { } value)
            {
                list.Add(value);
            }
        }
    }

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
                _mistakes.Add(new(node.Path, $"names the environment variable {name}, which is not set."));
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

    private static object? Parse(string text, Type type)
    {
        var culture = CultureInfo.InvariantCulture;
        return type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var i) ? i : null,
            _ when type == typeof(long) => long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var l) ? l : null,
            _ when type == typeof(double) => double.TryParse(text, NumberStyles.Float, culture, out var d) && double.IsFinite(d) ? d : null,
            _ when type == typeof(bool) => bool.TryParse(text, out var b) ? b : null,

            // A plain number would be so many days, and is always meant as something shorter.
            _ when type == typeof(TimeSpan) => text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, culture, out var t) ? t : null,
            _ when type == typeof(Uri) => Uri.TryCreate(text, UriKind.Absolute, out var u) ? u : null,
            _ => throw new NotSupportedException($"Options of type {type} are not supported."),
        };
    }

    private static string Form(Type type) => type switch
    {
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(double) => "a number",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => "a time such as 00:05:00 or 1.00:00:00",
        _ when type == typeof(Uri) => "an absolute URL",
        _ => "a text",
    };
}
