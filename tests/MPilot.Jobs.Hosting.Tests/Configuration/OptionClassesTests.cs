using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

using MPilot.Jobs.Engine.Configuration;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Hosting.Tests.Configuration;

/// <summary>The documentation of the options says what they do.</summary>
public sealed partial class OptionClassesTests
{
    private static readonly Type[] Classes =
    [
        .. typeof(MPilotOptions).Assembly.GetExportedTypes()
            .Where(t => t.Namespace == typeof(MPilotOptions).Namespace && t.Name.EndsWith("Options", StringComparison.Ordinal)),
    ];

    private static readonly Dictionary<string, XElement> Documents = XDocument
        .Load(Path.ChangeExtension(typeof(MPilotOptions).Assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(m => m.Attribute("name")!.Value, m => m);

    public static TheoryData<string> Properties
        => [.. Classes.SelectMany(t => t.GetProperties()).Select(p => $"{p.DeclaringType!.Name}.{p.Name}")];

    [Theory]
    [MemberData(nameof(Properties))]
    public void Option_WhenItIsPublic_IsDocumented(string property) => Summary(Find(property)).ShouldNotBeEmpty();

    [Theory]
    [MemberData(nameof(Properties))]
    public void Option_WhenItHasAValueFromTheStart_DocumentsThatValue(string property)
    {
        var found = Find(property);
        var value = found.GetValue(Activator.CreateInstance(found.DeclaringType!));
        var documented = DocumentedDefault().Match(Summary(found)).Groups["value"].Value;
        if (IsTold(value))
        {
            Parse(documented, value!.GetType()).ShouldBe(value, $"documented as: {documented}");
        }
        else
        {
            Number().IsMatch(documented).ShouldBeFalse($"documented as: {documented}");
        }
    }

    /// <summary>Sections, secrets and what depends on the surroundings have no default that could be written down.</summary>
    private static bool IsTold(object? value)
        => value is not (null or "" or ICollection { Count: 0 }) && !Classes.Contains(value.GetType());

    private static PropertyInfo Find(string property)
    {
        var (type, name) = (property.Split('.')[0], property.Split('.')[1]);
        return Classes.Single(t => t.Name == type).GetProperty(name)!;
    }

    private static string Summary(PropertyInfo property)
    {
        var text = Documents.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}")?.Element("summary")?.Value ?? "";
        return Spaces().Replace(text, " ").Trim();
    }

    private static object Parse(string text, Type type)
    {
        var culture = CultureInfo.InvariantCulture;
        return type switch
        {
            _ when type == typeof(string) => text.Split(' ')[0],
            _ when type == typeof(TimeSpan) => Duration(text.Split(' ')),
            _ => Convert.ChangeType(text.Split(' ')[0].Replace(",", "", StringComparison.Ordinal), type, culture),
        };
    }

    private static TimeSpan Duration(string[] words)
    {
        var number = double.Parse(words[0], CultureInfo.InvariantCulture);
        return words[1] switch
        {
            "s" => TimeSpan.FromSeconds(number),
            "min" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            "d" => TimeSpan.FromDays(number),
            _ => throw new FormatException($"{words[1]} is no unit of time."),
        };
    }

    [GeneratedRegex(@"Default: (?<value>.+)\.$", RegexOptions.ExplicitCapture)]
    private static partial Regex DocumentedDefault();

    [GeneratedRegex(@"^\d", RegexOptions.None)]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+", RegexOptions.None)]
    private static partial Regex Spaces();
}
