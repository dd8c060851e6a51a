using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MPilot.Jobs.Api.Documentation;

/// <summary>Puts descriptions on routes.</summary>
internal static class CallDocs
{
    public static TBuilder With<TBuilder>(this TBuilder route, CallDoc doc)
        where TBuilder : IEndpointConventionBuilder
    {
        route.Add(endpoint =>
        {
            endpoint.Metadata.Add(doc);

            // What the generator knows of it gets a name among the components of the document, and so does all in it.
            foreach (var answer in doc.Answers.Where(a => a.IsOneRecord))
            {
                endpoint.Metadata.Add(new ProducesResponseTypeMetadata(answer.Status, answer.Bodies[0], [answer.ContentType]));
            }
        });
        return route;
    }
}
