using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Api.Artifacts;
using MPilot.Jobs.Api.Dialects.Bifrost;
using MPilot.Jobs.Api.Dialects.Sub2Api;
using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Feed;
using MPilot.Jobs.Api.Files;
using MPilot.Jobs.Api.Health;
using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Metrics;
using MPilot.Jobs.Api.Models;
using MPilot.Jobs.Api.Plans;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Api.Streams;
using MPilot.Jobs.Api.Webhooks;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Api;

/// <summary>The services of the HTTP front.</summary>
public static class ApiServices
{
    /// <summary>
    /// Adds the HTTP front. It expects as singletons: <c>MPilotOptions</c>, <see cref="TimeProvider"/>, <c>Ids</c>, <c>ProviderCatalog</c>,
    /// <c>IJobs</c>, <c>IGates</c>, <c>IJobStore</c>, <c>Draining</c>, <c>JobWaiter</c>, <c>JobEventReader</c>, <c>TenantEventReader</c>, <c>JobLinks</c>, <c>Pictures</c>, <c>PictureFetcher</c>, <c>IPictureRenderer</c>, <c>EditDrawing</c>,
    /// <c>IFileStore</c>, <c>IArtifactLedger</c>, <c>IBusHealth</c>, <c>MetricCollector</c>, <c>NodeIdentity</c>, <c>AnswerNotes</c>, <c>PublicAddress</c>, <c>ArtifactLinks</c>,
    /// <see cref="IWebhookEndpoints"/>, <see cref="IDeliveries"/>, <see cref="IDeliverySignal"/> and <c>IBucketPuts</c>;
    /// <c>IDirectLinks</c> where links shall not lead here.
    /// </summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddRouting();
        services.AddCors();
        services.AddApiReference();
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            // Our own limit counts, and answers in our own words. Kestrel keeps its minimum data rate against slow senders.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AddServerHeader = false;
        });

        services.AddSingleton<VirtualKeys>();
        services.AddSingleton<PictureTextReader>();
        services.AddSingleton<MultipartBodyReader>();
        services.AddSingleton<JsonBodyReader>();
        services.AddSingleton<PictureReferences>();
        services.AddSingleton<EditFormReader>();
        services.AddSingleton<ServedChoices>();
        services.AddSingleton<SpecReader>();
        services.AddSingleton<OverrideReader>();
        services.AddSingleton<EditValidator>();
        services.AddSingleton<ChainResolver>();
        services.AddSingleton<JobDesk>();
        services.AddSingleton<EditWaiting>();
        services.AddSingleton<MaskCheck>();
        services.AddSingleton<EditIntake>();
        services.AddSingleton<EditEndpoint>();
        services.AddSingleton<PlanEndpoint>();
        services.AddSingleton<OpenAiDialect>();
        services.AddSingleton<EditAnswerWriter>();
        services.AddSingleton<JobPresenter>();
        services.AddSingleton<JobAnswers>();
        services.AddSingleton<PatientWaiter>();
        services.AddSingleton<JobStreams>();
        services.AddSingleton<JobReading>();
        services.AddSingleton<FeedReading>();
        services.AddSingleton<JobCanceling>();
        services.AddSingleton<JobListing>();
        services.AddSingleton<ModelReading>();
        services.AddSingleton<BifrostDialect>();
        services.AddSingleton<BifrostReading>();
        services.AddSingleton<Sub2ApiDialect>();
        services.AddSingleton<Sub2ApiReading>();
        services.AddSingleton<ArtifactServing>();
        services.AddSingleton<FileUploading>();
        services.AddSingleton<FileListing>();
        services.AddSingleton<FileReading>();
        services.AddSingleton<FileDeleting>();
        services.AddSingleton<EditWebhooks>();
        services.AddSingleton<EndpointRegistering>();
        services.AddSingleton<EndpointReading>();
        services.AddSingleton<EndpointChanging>();
        services.AddSingleton<SecretRotating>();
        services.AddSingleton<DeliveryReading>();
        services.AddSingleton<Redelivering>();
        services.AddSingleton<IWebhookBodies, WebhookBodies>();
        services.AddSingleton<IReadinessCheck, DrainReadiness>();
        services.AddSingleton<MetricsReading>();
        services.AddSingleton<IReadinessCheck, StoreReadiness>();
        services.AddSingleton<IReadinessCheck, ArtifactReadiness>();
        services.AddSingleton<IReadinessCheck, BusReadiness>();
        services.AddSingleton<IReadinessCheck, ProviderReadiness>();
        return services;
    }
}
