using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Api.Edits;

/// <summary>OpenAI's own: the caller waits for the pictures, watches them come, or says with <c>Prefer</c> that it comes back.</summary>
internal sealed class OpenAiDialect(EditWaiting waiting) : IEditDialect
{
    public Preferences PreferencesOf(HttpRequest request) => Preferences.Of(request);

    public TimeSpan? ResultLifeOf(HttpRequest request) => null;

    public string? WebhookNameOf(HttpRequest request) => null;

    public void Check(EditWishes wishes, Mistakes mistakes)
    {
        // All fields there are belong to it.
    }

    public Task<IResult> AnswerAsync(HttpContext http, EditTicket ticket, NewJob asked)
        => waiting.AnswerAsync(http, ticket, asked, PreferencesOf(http.Request));
}
