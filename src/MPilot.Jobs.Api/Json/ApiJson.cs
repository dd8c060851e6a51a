using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

using MPilot.Jobs.Api.Dialects.Bifrost;
using MPilot.Jobs.Api.Dialects.Sub2Api;
using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Files;
using MPilot.Jobs.Api.Health;
using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Models;
using MPilot.Jobs.Api.Plans;
using MPilot.Jobs.Api.Streams;
using MPilot.Jobs.Api.Webhooks;

namespace MPilot.Jobs.Api.Json;

/// <summary>Everything the front writes as JSON. Member names are contracts, frozen by tests.</summary>
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(UsageBody))]
[JsonSerializable(typeof(EditAnswerBody))]
[JsonSerializable(typeof(PictureEventBody))]
[JsonSerializable(typeof(AnswerExtraBody))]
[JsonSerializable(typeof(PlanBody))]
[JsonSerializable(typeof(JobBody))]
[JsonSerializable(typeof(PageBody<JobBody>))]
[JsonSerializable(typeof(ModelBody))]
[JsonSerializable(typeof(ModelListBody))]
[JsonSerializable(typeof(BifrostJobBody))]
[JsonSerializable(typeof(Sub2ApiJobBody))]
[JsonSerializable(typeof(FrameExtraBody))]
[JsonSerializable(typeof(PictureFailedBody))]
[JsonSerializable(typeof(StreamErrorBody))]
[JsonSerializable(typeof(JobEventBody))]
[JsonSerializable(typeof(ReadinessBody))]
[JsonSerializable(typeof(FileBody))]
[JsonSerializable(typeof(PageBody<FileBody>))]
[JsonSerializable(typeof(FileDeletedBody))]
[JsonSerializable(typeof(WebhookEndpointBody))]
[JsonSerializable(typeof(PageBody<WebhookEndpointBody>))]
[JsonSerializable(typeof(WebhookEndpointDeletedBody))]
[JsonSerializable(typeof(WebhookSecretBody))]
[JsonSerializable(typeof(DeliveryBody))]
[JsonSerializable(typeof(PageBody<DeliveryBody>))]
[JsonSerializable(typeof(RedeliveryBody))]
[JsonSerializable(typeof(WebhookEventBody))]
[JsonSerializable(typeof(WebhookTestBody))]
[JsonSerializable(typeof(BifrostEventBody))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>
    /// The context that writes answers. Absent members are left out. Answers are <c>application/json</c>, never HTML, so letters stay letters.
    /// </summary>
    public static ApiJson Wire { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}
