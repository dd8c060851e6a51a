using System.Globalization;

using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Lays the fields of an entry of <c>fallbacks</c> over those of the form, and reads the result as any edit.</summary>
internal sealed class OverrideReader(SpecReader specs)
{
    /// <summary>The edit as the entry wants it; <c>null</c> where it overrides nothing. Mistakes it does not share with the form go to those of the form.</summary>
    /// <param name="form">The form, read already.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="index">Its place in <c>fallbacks</c>.</param>
    /// <param name="choices">The values that choices have.</param>
    public EditSpec? Read(EditForm form, FallbackEntry entry, int index, EditChoices choices)
    {
        var own = entry.Overrides.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        var fields = new FieldReader([.. form.Fields.Where(f => !own.Contains(f.Name)), .. entry.Overrides], new());
        var spec = own.Count == 0 ? null : specs.Read(form, fields, choices);
        var mistakes = fields.Mistakes.All.Where(m => own.Contains(m.Param!) || !form.Mistakes.All.Contains(m));
        form.Mistakes.AddUnder(string.Create(CultureInfo.InvariantCulture, $"{EditFields.Fallbacks}[{index}]"), [.. entry.Mistakes.All, .. mistakes]);
        return spec;
    }
}
