using System.Collections.Immutable;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Collects the fields nobody here knows, for drivers that do.</summary>
internal static class ExtraReader
{
    private const int MaxNames = 32;
    private const int MaxNameLength = 64;

    public static ImmutableDictionary<string, string> Read(FieldReader fields)
    {
        var extra = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in fields.Fields.Where(f => !EditFields.IsKnown(EditFields.Root(f.Name))))
        {
            if (name.Length > MaxNameLength)
            {
                fields.Mistakes.Invalid(EditFields.Shown(name), $"The names of fields may have at most {MaxNameLength} characters.");
            }
            else if (!extra.TryAdd(name, value))
            {
                fields.Mistakes.Invalid(name, $"{name} is given more than once.");
            }
        }

        if (extra.Count > MaxNames)
        {
            fields.Mistakes.Invalid(extra.Keys.Order(StringComparer.Ordinal).Last(), $"At most {MaxNames} fields besides the known ones are taken.");
        }

        return extra.ToImmutable();
    }
}
