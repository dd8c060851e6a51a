using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Engine.Catalog;

namespace MPilot.Jobs.Api.Models;

/// <summary>Which models there are.</summary>
internal sealed class ModelReading(ProviderCatalog catalog)
{
    /// <summary><c>GET /v1/models</c>.</summary>
    public IResult List()
        => Results.Json(new ModelListBody("list", [.. catalog.ListModels().Select(ModelBody.Of)]), ApiJson.Wire.ModelListBody);

    /// <summary><c>GET /v1/models/{id}</c>: any name an edit may ask for, also one that is not in the list.</summary>
    public IResult Find(string id)
    {
        // Clients write the slash of an id as %2F, which a server leaves alone in a path.
        var name = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return catalog.FindModel(name) is { } model
            ? Results.Json(ModelBody.Of(model), ApiJson.Wire.ModelBody)
            : new ErrorResult(ErrorCatalog.ModelNotFound());
    }
}
