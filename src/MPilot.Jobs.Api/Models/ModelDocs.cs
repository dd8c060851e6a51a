using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;

namespace MPilot.Jobs.Api.Models;

/// <summary>Describes <c>/v1/models</c>.</summary>
internal static class ModelDocs
{
    private const string Group = "Models";

    private static readonly ModelBody Model = new(
        "openai/gpt-image-2", "model", 0, "openai", AliasOf: null, Unavailable: null,
        new(
            ["edit", "inpainting", "background_removal"], Mask: true, MaxImages: 16, Sizes: null,
            "sides that are multiples of 16 up to 3840, at most 3:1, of 655360 to 8294400 pixels", ["low", "medium", "high"], [],
            ["transparent", "opaque"], ["png", "jpeg", "webp"], PartialImages: true));

    private static readonly ModelBody Alias = Model with { Id = "gpt-image-1", AliasOf = Model.Id };

    public static readonly CallDoc List = new("listModels", Group, "List models and aliases")
    {
        Description = "Those known by name. Providers may serve others: `GET /v1/models/{id}` tells. `created` is always 0.",
        Answers = [AnswerDoc.Json(200, "All of them.", ApiJson.Wire.ModelListBody, ("models", new("list", [Model, Alias]))), .. ErrorDocs.Of()],
    };

    public static readonly CallDoc Get = new("getModel", Group, "Look at a model")
    {
        Parameters = [ParameterDoc.Id("Any name an edit may ask for.", Model.Id)],
        Answers =
        [
            AnswerDoc.Json(200, "What it stands for and can do.", ApiJson.Wire.ModelBody, ("model", Model), ("alias", Alias)),
            .. ErrorDocs.Of(ErrorCatalog.ModelNotFound()),
        ],
    };
}
