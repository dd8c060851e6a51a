using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

using MPilot.Jobs.Api.Documentation;

namespace MPilot.Jobs.Api.Models;

/// <summary>The resource <c>/v1/models</c>.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/models", (ModelReading reading) => reading.List()).With(ModelDocs.List);
        routes.MapGet("/v1/models/{**id}", (string id, ModelReading reading) => reading.Find(id)).With(ModelDocs.Get);
    }
}
