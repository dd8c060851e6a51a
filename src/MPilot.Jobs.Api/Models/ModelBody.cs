using System.Text.Json.Serialization;

using MPilot.Jobs.Engine.Catalog;

namespace MPilot.Jobs.Api.Models;

/// <summary>A model as OpenAI's clients read it, with what it stands for and can do.</summary>
internal sealed record ModelBody(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("object")] string Object,
    [property: JsonPropertyName("created")] long Created,
    [property: JsonPropertyName("owned_by")] string OwnedBy,
    [property: JsonPropertyName("alias_of")] string? AliasOf,
    [property: JsonPropertyName("unavailable")] string? Unavailable,
    [property: JsonPropertyName("capabilities")] CapabilitiesBody Capabilities)
{
    /// <summary>Clients require <c>created</c>; providers' models have no date here, so it is always 0.</summary>
    public static ModelBody Of(ServedModel model)
        => new(
            model.Id, "model", Created: 0, model.Provider.Name, model.AliasOf, model.Provider.Driver.Unavailable,
            CapabilitiesBody.Of(model.Provider.Driver.Describe(model.Name)));
}
