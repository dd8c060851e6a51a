using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

using MPilot.Jobs.Api.Documentation;

namespace MPilot.Jobs.Api.Artifacts;

/// <summary>The resource <c>/v1/artifacts</c>.</summary>
internal static class ArtifactEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapArtifacts(this IEndpointRouteBuilder routes)
        => routes.MapMethods("/v1/artifacts/{id}", Methods, (HttpContext http, string id, ArtifactServing serving) => serving.ServeAsync(http, id))
            .With(ArtifactDocs.Get).AllowAnonymous();
}
