using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Finds whom an edit wants told of its end. What cannot be told to anybody is refused at once, not when the job has ended.</summary>
internal sealed class EditWebhooks(IWebhookEndpoints endpoints)
{
    public const string NeedsSecret = "webhook_url needs a secret to sign with: make one with POST /v1/webhooks/secret.";
    public const string NoSuchEndpoint = "x-bf-async-webhook must name an enabled webhook endpoint of yours.";

    /// <summary>Whom to tell; <c>null</c>: nobody in particular.</summary>
    /// <param name="http">The request.</param>
    /// <param name="name">The endpoint it names.</param>
    /// <param name="wishes">The URL it names is among them.</param>
    /// <param name="mistakes">Takes what cannot be had.</param>
    public async Task<WebhookWish?> FindAsync(HttpContext http, string? name, EditWishes wishes, Mistakes mistakes)
    {
        if (name is null && wishes.WebhookUrl is null)
        {
            return null;
        }

        var tenant = Caller.Of(http).Tenant;
        if (wishes.WebhookUrl is not null && await endpoints.FindSecretsAsync(tenant, WebhookSecrets.TenantsOwn, http.RequestAborted) is null)
        {
            mistakes.Invalid(EditFields.WebhookUrl, NeedsSecret);
        }

        var endpoint = name is null ? null : await endpoints.FindNamedAsync(tenant, name, http.RequestAborted);
        if (name is not null && endpoint is not { DisabledAt: null })
        {
            mistakes.Invalid(ApiHeaders.AsyncWebhook, NoSuchEndpoint);
        }

        return new() { Url = wishes.WebhookUrl?.AbsoluteUri, Endpoint = endpoint?.Id, Format = endpoint is null ? DeliveryFormat.Standard : DeliveryFormat.Bifrost };
    }
}
