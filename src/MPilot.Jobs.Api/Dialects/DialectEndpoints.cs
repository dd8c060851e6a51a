using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

using MPilot.Jobs.Api.Dialects.Bifrost;
using MPilot.Jobs.Api.Dialects.Sub2Api;
using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Edits;

namespace MPilot.Jobs.Api.Dialects;

/// <summary>Edits as clients of other gateways submit and poll them.</summary>
internal static class DialectEndpoints
{
    public static void MapDialects(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(BifrostDialect.Path, (HttpContext http, EditEndpoint edit, BifrostDialect dialect) => edit.HandleAsync(http, dialect))
            .With(DialectDocs.BifrostSubmit);
        routes.MapGet(BifrostDialect.Path + "/{id}", (HttpContext http, string id, BifrostReading reading) => reading.FindAsync(http, id))
            .With(DialectDocs.BifrostGet);
        routes.MapPost("/v1/images/edits/async", (HttpContext http, EditEndpoint edit, Sub2ApiDialect dialect) => edit.HandleAsync(http, dialect))
            .With(DialectDocs.Sub2ApiSubmit);
        routes.MapGet(Sub2ApiDialect.Path + "/{id}", (HttpContext http, string id, Sub2ApiReading reading) => reading.FindAsync(http, id))
            .With(DialectDocs.Sub2ApiGet);
    }
}
