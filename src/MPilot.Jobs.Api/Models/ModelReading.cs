using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Engine.Catalog;

namespace MPilot.Jobs.Api.Models;

/// <summary>Which models there are for a caller.</summary>
internal sealed class ModelReading(ProviderCatalog catalog)
{
    /// <summary><c>GET /v1/models</c>.</summary>
    public IResult List(HttpContext http)
        => Results.Json(new ModelListBody("list", [.. catalog.ListModels().Where(m => IsAllowed(http, m)).Select(ModelBody.Of)]), ApiJson.Wire.ModelListBody);

    /// <summary><c>GET /v1/models/{id}</c>: any name an edit may ask for, also one that is not in the list.</summary>
    public IResult Find(HttpContext http, string id)
    {
        // Clients write the slash of an id as %2F, which a server leaves alone in a path.
        var name = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return catalog.FindModel(name) is { } model && IsAllowed(http, model)
            ? Results.Json(ModelBody.Of(model), ApiJson.Wire.ModelBody)
            : new ErrorResult(ErrorCatalog.ModelNotFound());
    }

    private static bool IsAllowed(HttpContext http, ServedModel model) => Caller.Of(http).Models.Has(model.Provider.Name, model.Name);
}
