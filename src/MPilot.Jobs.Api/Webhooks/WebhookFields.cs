using System.Collections.Immutable;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>The members an endpoint is described by.</summary>
internal static class WebhookFields
{
    public const string Name = "name";
    public const string Url = "url";
    public const string Events = "events";
    public const string NamedOnly = "named_only";

    public const string NameRule = "name must be 1 to 64 letters, digits, ., _ and -.";
    public const string NameTaken = "name is the name of another endpoint of yours.";

    private const int MaxNameLength = 64;

    /// <summary>Lays what a body says over an endpoint.</summary>
    public static WebhookEndpoint Read(JsonObjectMembers members, WebhookEndpoint endpoint, WebhooksOptions options, Mistakes mistakes)
    {
        members.RefuseOthers(Name, Url, Events, NamedOnly);
        return endpoint with
        {
            Name = ReadName(members.Text(Name), mistakes) ?? endpoint.Name,
            Url = ReadUrl(members.Text(Url), options, mistakes) ?? endpoint.Url,
            Events = ReadEvents(members, mistakes) ?? endpoint.Events,
            NamedOnly = members.Flag(NamedOnly) ?? endpoint.NamedOnly,
        };
    }

    private static string? ReadName(string? name, Mistakes mistakes)
    {
        if (name is null || (name.Length is > 0 and <= MaxNameLength && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')))
        {
            return name;
        }

        mistakes.Invalid(Name, NameRule);
        return null;
    }

    private static string? ReadUrl(string? text, WebhooksOptions options, Mistakes mistakes)
    {
        if (text is null)
        {
            return null;
        }

        if (WebhookUrl.Refusal(text, options, out var url) is { } refusal)
        {
            mistakes.Invalid(Url, $"The URL {refusal}.");
        }

        return url?.AbsoluteUri;
    }

    private static ImmutableArray<string>? ReadEvents(JsonObjectMembers members, Mistakes mistakes)
    {
        var events = members.Choices(Events, WebhookEvents.All);
        if (events is { Length: 0 })
        {
            mistakes.Invalid(Events, "events must name at least one event; leave it out for the ends of jobs.");
        }

        return events;
    }
}
