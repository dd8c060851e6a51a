using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

using MPilot.Jobs.Api.Documentation;

namespace MPilot.Jobs.Api.Models;

/// <summary>The resource <c>/v1/models</c>.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/models", (HttpContext http, ModelReading reading) => reading.List(http)).With(ModelDocs.List);
        routes.MapGet("/v1/models/{**id}", (HttpContext http, string id, ModelReading reading) => reading.Find(http, id)).With(ModelDocs.Get);
    }
}
