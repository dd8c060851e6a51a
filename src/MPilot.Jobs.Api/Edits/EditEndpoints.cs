using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

using MPilot.Jobs.Api.Documentation;

namespace MPilot.Jobs.Api.Edits;

/// <summary>The resource <c>/v1/images/edits</c>.</summary>
internal static class EditEndpoints
{
    public static void MapEdits(this IEndpointRouteBuilder routes)
        => routes.MapPost("/v1/images/edits", (HttpContext http, EditEndpoint edit, OpenAiDialect dialect) => edit.HandleAsync(http, dialect)).With(EditDocs.Edit);
}
