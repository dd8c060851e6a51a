namespace MPilot.Jobs.Api.Documentation;

/// <summary>A parameter outside the body.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Field">What it may be.</param>
internal sealed record ParameterDoc(ParameterPlace Place, FieldDoc Field)
{
    /// <summary>The id in a path.</summary>
    public static ParameterDoc Id(string rule, string example)
        => new(ParameterPlace.Path, new("id", FieldKind.Text, rule) { IsRequired = true, Example = example });

    public static ParameterDoc Query(FieldDoc field) => new(ParameterPlace.Query, field);

    public static ParameterDoc Header(FieldDoc field) => new(ParameterPlace.Header, field);
}
