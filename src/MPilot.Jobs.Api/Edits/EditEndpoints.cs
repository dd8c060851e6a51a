using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

using MPilot.Jobs.Api.Documentation;

namespace MPilot.Jobs.Api.Edits;

/// <summary>The resource <c>/v1/images/edits</c>, also where clients of other base addresses look for it.</summary>
internal static class EditEndpoints
{
    private static readonly string[] Paths =
    [
        "/v1/images/edits",
        "/images/edits",
        "/openai/v1/images/edits",
        $"/openai/deployments/{{{Deployment.RouteValue}}}/images/edits",
    ];

    public static void MapEdits(this IEndpointRouteBuilder routes)
    {
        foreach (var path in Paths)
        {
            routes.MapPost(path, (HttpContext http, EditEndpoint edit, OpenAiDialect dialect) => edit.HandleAsync(http, dialect)).With(EditDocs.Edit);
        }
    }
}
