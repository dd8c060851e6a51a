using Microsoft.OpenApi;

namespace MPilot.Jobs.Api.Documentation;

/// <summary>The schema of a picture in JSON.</summary>
internal static class DrawnSchema
{
    /// <summary>Its name among the components of the document.</summary>
    public const string Id = "PictureInput";

    public static OpenApiSchemaReference Reference => new(Id);

    public static OpenApiSchema Whole => new()
    {
        Description = "A picture: an `https` URL, a data URL or base64, or an object with exactly one of these members.",
        AnyOf =
        [
            Text("An `https` URL that answers with the picture, a data URL, or base64."),
            One("url", Text("The same.")),
            One("image_url", new() { AnyOf = [Text("The same."), One("url", Text("The same."))] }),
            One("file_id", Text("A file of `POST /v1/files`.")),
            One("image", Text("As `url`.")),
        ],
    };

    private static OpenApiSchema Text(string meaning) => new() { Type = JsonSchemaType.String, Description = meaning };

    private static OpenApiSchema One(string member, OpenApiSchema value) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { [member] = value },
        Required = new HashSet<string>(StringComparer.Ordinal) { member },
    };
}
