namespace MPilot.Jobs.Api.Edits;

/// <summary>A text field of a form, never empty.</summary>
internal readonly record struct FormField(string Name, string Value);
