using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Api.Edits;

/// <summary>How clients of one API ask for an edit and read its answer. All between is the same for everyone.</summary>
internal interface IEditDialect
{
    /// <summary>Whether and how long the caller waits.</summary>
    Preferences PreferencesOf(HttpRequest request);

    /// <summary>How long the pictures are to be kept; <c>null</c> for the usual time.</summary>
    TimeSpan? ResultLifeOf(HttpRequest request);

    /// <summary>The name of the endpoint that is to hear of the job; <c>null</c>: none is named.</summary>
    string? WebhookNameOf(HttpRequest request);

    /// <summary>Adds what the fields ask for and this API does not have.</summary>
    void Check(EditWishes wishes, Mistakes mistakes);

    /// <summary>The answer once the job is accepted.</summary>
    /// <param name="http">The request.</param>
    /// <param name="ticket">Its job, which may be an earlier one that this request repeats.</param>
    /// <param name="asked">What was submitted.</param>
    Task<IResult> AnswerAsync(HttpContext http, EditTicket ticket, NewJob asked);
}
