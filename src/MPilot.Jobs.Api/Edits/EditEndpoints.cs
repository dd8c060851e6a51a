using System.Collections.Immutable;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

using MPilot.Jobs.Api.Documentation;

namespace MPilot.Jobs.Api.Edits;

/// <summary>The resource <c>/v1/images/edits</c>, also where clients of other base addresses look for it.</summary>
internal static class EditEndpoints
{
    private static readonly ImmutableArray<(string Path, CallDoc Doc)> Places =
    [
        ("/v1/images/edits", EditDocs.Edit),
        ("/images/edits", EditDocs.Unversioned),
        ("/openai/v1/images/edits", EditDocs.Azure),
        ($"/openai/deployments/{{{Deployment.RouteValue}}}/images/edits", EditDocs.Deployed),
    ];

    public static void MapEdits(this IEndpointRouteBuilder routes)
    {
        foreach (var (path, doc) in Places)
        {
            routes.MapPost(path, (HttpContext http, EditEndpoint edit, OpenAiDialect dialect) => edit.HandleAsync(http, dialect)).With(doc);
        }
    }
}
