using System.Collections.Immutable;
using System.Text.Json.Nodes;

using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>Describes <c>/v1/webhooks</c>.</summary>
internal static class WebhookDocs
{
    private const string Group = "Webhooks";

    private const string Signing = "Deliveries follow Standard Webhooks: `webhook-id` (the same for every try), `webhook-timestamp`, and `webhook-signature`, HMAC-SHA256 with the secret. "
        + "Any 2xx accepts; else it is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, or as `Retry-After` asks. 410 disables the endpoint, redirects are failures. "
        + "The body has `type`, `timestamp`, `sequence` and in `data` the job as it stands, without its prompt, in less than 20 kB. Events of one job come in their order.";

    private static readonly WebhookEndpointBody Endpoint = new()
    {
        Id = "whe_01a2039661917fb3925cd8306e5f0cd3", Name = "shop", Url = "https://shop.example/hooks/edits", Events = WebhookEvents.Endings, NamedOnly = false,
        Status = "enabled", CreatedAt = EditSamples.Created,
    };

    private static readonly WebhookEndpointBody Disabled = Endpoint with { Status = "disabled", DisabledAt = EditSamples.Created + 60, DisabledBy = "owner" };

    private static readonly WebhookSecretBody Made = new() { CreatedAt = EditSamples.Created, Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=" };

    private static readonly DeliveryBody Pending = new()
    {
        Id = "dlv_01a2039661917fb3925cd8306e5f0cd3", Event = WebhookEvents.Succeeded, Endpoint = Endpoint.Id, Job = EditSamples.JobId, Sequence = 5,
        Status = "pending", Attempts = 0, CreatedAt = EditSamples.Created + 18, DueAt = EditSamples.Created + 18,
    };

    private static readonly DeliveryBody Delivered = Pending with
    {
        Status = "delivered", Outcome = "accepted", Attempts = 2, DueAt = null, EndedAt = EditSamples.Created + 24,
    };

    private static readonly ParameterDoc EndpointId = ParameterDoc.Id("The endpoint.", Endpoint.Id);

    private static readonly ParameterDoc DeliveryId = ParameterDoc.Id("The delivery.", Pending.Id);

    private static readonly ImmutableArray<FieldDoc> Settings =
    [
        new(WebhookFields.Url, FieldKind.Text, "An `https` URL at a public address, without user and password.") { Example = Endpoint.Url },
        new(WebhookFields.Name, FieldKind.Text, "What you call it: 1 to 64 letters, digits, `.`, `_` and `-`. Default: its id.") { Example = Endpoint.Name },
        new(WebhookFields.Events, FieldKind.Texts, $"What it wants to hear of: {string.Join(", ", WebhookEvents.All.Select(e => $"`{e}`"))}. Default: the ends of jobs.")
        {
            Example = new JsonArray([.. WebhookEvents.Endings.Select(e => (JsonNode)e)]),
        },
        new(WebhookFields.NamedOnly, FieldKind.Flag, "Whether it hears only of jobs whose request names it in `x-bf-async-webhook`. Default: false."),
    ];

    private static readonly ImmutableArray<ApiError> Wrong =
    [
        ErrorDocs.Wrong(m => m.Invalid(WebhookFields.Url, "The URL must begin with https://.")),
        ErrorDocs.Wrong(m => m.Unsupported("colour", "colour is not supported.")),
        ErrorCatalog.InvalidValue(WebhookFields.Name, WebhookFields.NameTaken),
        ErrorCatalog.InvalidJson("The body is not valid JSON."), ErrorCatalog.UnsupportedMediaType(), ErrorCatalog.BodyTooLarge(null, "The body may have at most 65536 bytes."),
    ];

    private static readonly ParameterDoc After = ParameterDoc.Query(new("after", FieldKind.Text, "The `last_id` of a page: only what follows it."));

    public static readonly CallDoc Register = new("createWebhookEndpoint", Group, "Register a URL to hear of your jobs")
    {
        Description = Signing,
        Bodies = [BodyDoc.Json([.. Settings.Select(s => s.Name == WebhookFields.Url ? s with { IsRequired = true } : s)])],
        Answers =
        [
            AnswerDoc.Json(201, "The endpoint, with its secret: that is never shown again.", ApiJson.Wire.WebhookEndpointBody, ("registered", Endpoint with { Secret = Made.Secret })) with
            {
                Headers = [("Location", "Where the endpoint is found.")],
            },
            .. ErrorDocs.Of(
                [.. Wrong, ErrorDocs.Wrong(m => m.Missing(WebhookFields.Url, "url is required")), new(400, "too_many_endpoints", "There may be at most 20 endpoints.")]),
        ],
    };

    public static readonly CallDoc ListEndpoints = new("listWebhookEndpoints", Group, "List endpoints, newest first")
    {
        Parameters = [After, Limit(EndpointReading.DefaultLimit, EndpointReading.MaxLimit)],
        Answers =
        [
            AnswerDoc.Json(200, "A page.", ApiJson.Wire.PageBodyWebhookEndpointBody, ("page", Page.Of([Endpoint], b => b.Id, hasMore: false))),
            .. ErrorDocs.Of(ErrorCatalog.InvalidValue("limit", $"limit must be a number from 1 to {EndpointReading.MaxLimit}.")),
        ],
    };

    public static readonly CallDoc GetEndpoint = OfEndpoint("getWebhookEndpoint", "Look at an endpoint", Endpoint);

    public static readonly CallDoc Update = OfEndpoint("updateWebhookEndpoint", "Change an endpoint", Endpoint) with
    {
        Description = "What is left out stays as it is.",
        Bodies = [BodyDoc.Json(Settings)],
        Answers = [AnswerDoc.Json(200, "The endpoint.", ApiJson.Wire.WebhookEndpointBody, ("changed", Endpoint)), .. ErrorDocs.Of([.. Wrong, EndpointReading.Gone])],
    };

    public static readonly CallDoc Enable = OfEndpoint("enableWebhookEndpoint", "Enable an endpoint again", Endpoint) with
    {
        Description = "What was discarded meanwhile comes with `POST /v1/webhooks/deliveries/redeliver`.",
    };

    public static readonly CallDoc Disable = OfEndpoint("disableWebhookEndpoint", "Bring nothing to an endpoint for now", Disabled) with
    {
        Description = "What would have been brought to it is logged as `discarded`.",
    };

    public static readonly CallDoc Delete = new("deleteWebhookEndpoint", Group, "Delete an endpoint")
    {
        Parameters = [EndpointId],
        Answers =
        [
            AnswerDoc.Json(200, "It is gone.", ApiJson.Wire.WebhookEndpointDeletedBody, ("deleted", new(Endpoint.Id))), .. ErrorDocs.Of(EndpointReading.Gone),
        ],
    };

    public static readonly CallDoc Rotate = new("rotateWebhookEndpointSecret", Group, "Give an endpoint a new secret")
    {
        Description = "Deliveries bear a signature of the old one too for 24 h, if nothing else is configured.",
        Parameters = [EndpointId],
        Answers = [SecretAnswer("The secret: it is never shown again.", Made with { PreviousValidUntil = EditSamples.Created + 86_400 }), .. ErrorDocs.Of(EndpointReading.Gone)],
    };

    public static readonly CallDoc RotateDefault = new("rotateWebhookSecret", Group, "Make or renew your default secret")
    {
        Description = "It signs what goes to a `webhook_url`. The old one signs along for 24 h, if nothing else is configured.",
        Answers = [SecretAnswer("The secret: it is never shown again.", Made), .. ErrorDocs.Of()],
    };

    public static readonly CallDoc DescribeDefault = new("getWebhookSecret", Group, "See whether you have a default secret")
    {
        Answers = [SecretAnswer("There is one.", Made with { Secret = null }), .. ErrorDocs.Of(SecretRotating.NoSecret)],
    };

    public static readonly CallDoc Test = new("testWebhookEndpoint", Group, "Send an endpoint a `webhook.test` event")
    {
        Parameters = [EndpointId],
        Answers =
        [
            DeliveryAnswer(202, "On its way.", Pending with { Event = WebhookEvents.Test, Job = null, Sequence = null }),
            .. ErrorDocs.Of(EndpointReading.Gone, ErrorCatalog.EndpointDisabled()),
        ],
    };

    public static readonly CallDoc ListDeliveries = new("listWebhookDeliveries", Group, "List deliveries, newest first")
    {
        Parameters =
        [
            ParameterDoc.Query(new("endpoint", FieldKind.Text, "Only those to this endpoint.")),
            ParameterDoc.Query(new("job", FieldKind.Text, "Only those that tell of this job.")),
            ParameterDoc.Query(new("status", FieldKind.Text, "Only those that stand there; `exhausted` and `discarded` were given up.")
            {
                Choices = [.. Enum.GetValues<DeliveryStatus>().Select(SnakeNames.Of)],
            }),
            After,
            Limit(DeliveryReading.DefaultLimit, DeliveryReading.MaxLimit),
        ],
        Answers =
        [
            AnswerDoc.Json(200, "A page.", ApiJson.Wire.PageBodyDeliveryBody, ("page", Page.Of([Delivered], b => b.Id, hasMore: true))),
            .. ErrorDocs.Of(ErrorCatalog.InvalidValue("limit", $"limit must be a number from 1 to {DeliveryReading.MaxLimit}.")),
        ],
    };

    public static readonly CallDoc GetDelivery = new("getWebhookDelivery", Group, "Look at a delivery and all its tries")
    {
        Parameters = [DeliveryId],
        Answers =
        [
            DeliveryAnswer(200, "The delivery.", Delivered with
            {
                Log = [new(1, EditSamples.Created + 18, 15_000, "timed_out", null), new(2, EditSamples.Created + 24, 84, "accepted", 204)],
            }),
            .. ErrorDocs.Of(DeliveryReading.Gone),
        ],
    };

    public static readonly CallDoc Redeliver = new("redeliverWebhook", Group, "Deliver something again")
    {
        Description = "Under the same `webhook-id`, with the whole schedule before it.",
        Parameters = [DeliveryId],
        Answers = [DeliveryAnswer(202, "On its way.", Pending with { Attempts = 8 }), .. ErrorDocs.Of(DeliveryReading.Gone, ErrorCatalog.DeliveryPending())],
    };

    public static readonly CallDoc RedeliverFailed = new("redeliverFailedWebhooks", Group, "Deliver again all that were given up since a moment")
    {
        Bodies =
        [
            BodyDoc.Json(
            [
                new(Redelivering.Since, FieldKind.Integer, "Unix seconds: those given up then or later.") { IsRequired = true, Example = EditSamples.Created },
                new(Redelivering.Endpoint, FieldKind.Text, "Only those to this endpoint.") { Example = Endpoint.Id },
            ]),
        ],
        Answers =
        [
            AnswerDoc.Json(202, "On their way.", ApiJson.Wire.RedeliveryBody, ("several", new(17))),
            .. ErrorDocs.Of(
                ErrorDocs.Wrong(m => m.Missing(Redelivering.Since, "since is required")), ErrorCatalog.InvalidJson("The body is not valid JSON."),
                ErrorCatalog.UnsupportedMediaType(), ErrorCatalog.BodyTooLarge(null, "The body may have at most 65536 bytes."), EndpointReading.Gone),
        ],
    };

    private static CallDoc OfEndpoint(string id, string summary, WebhookEndpointBody endpoint) => new(id, Group, summary)
    {
        Parameters = [EndpointId],
        Answers = [AnswerDoc.Json(200, "The endpoint.", ApiJson.Wire.WebhookEndpointBody, ("endpoint", endpoint)), .. ErrorDocs.Of(EndpointReading.Gone)],
    };

    private static ParameterDoc Limit(int usual, int most)
        => ParameterDoc.Query(new("limit", FieldKind.Integer, $"At most so many. Default: {usual}.") { Min = 1, Max = most });

    private static AnswerDoc SecretAnswer(string meaning, WebhookSecretBody body) => AnswerDoc.Json(200, meaning, ApiJson.Wire.WebhookSecretBody, ("secret", body));

    private static AnswerDoc DeliveryAnswer(int status, string meaning, DeliveryBody body)
        => AnswerDoc.Json(status, meaning, ApiJson.Wire.DeliveryBody, ("delivery", body));
}
