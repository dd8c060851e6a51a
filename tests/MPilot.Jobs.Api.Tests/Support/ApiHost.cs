using System.Net.Http.Headers;
using System.Text;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Emulation;
using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Files;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Engine.Telemetry.Exposition;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Api.Tests.Support;

/// <summary>The real front in Kestrel on a free loopback port, on ports held in memory.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    /// <summary>A stream that never ends fails its test instead of holding up all others.</summary>
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _client =
        new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ResponseDrainTimeout = TimeSpan.Zero });

    private ApiHost(WebApplication app, MPilotOptions options)
    {
        _app = app;
        Options = options;
    }

    public MPilotOptions Options { get; }

    /// <summary>Ends what a test waits for too long.</summary>
    public CancellationToken Patience => _patience.Token;

    public Uri Address => new(_app.Urls.First());

    public ManualTime Time => (ManualTime)_app.Services.GetRequiredService<TimeProvider>();

    public StubBusHealth Bus => _app.Services.GetRequiredService<StubBusHealth>();

    public MemoryStore Store => _app.Services.GetRequiredService<MemoryStore>();

    public MemoryArtifacts Artifacts => _app.Services.GetRequiredService<MemoryArtifacts>();

    public MemoryFeed Feed => _app.Services.GetRequiredService<MemoryFeed>();

    public Draining Draining => _app.Services.GetRequiredService<Draining>();

    public InstantJobs Jobs => _app.Services.GetRequiredService<InstantJobs>();

    public RecordingGates Gates => _app.Services.GetRequiredService<RecordingGates>();

    public FakeDriverKind Drivers => _app.Services.GetRequiredService<FakeDriverKind>();

    public JobsInstruments Instruments => _app.Services.GetRequiredService<JobsInstruments>();

    public MetricCollector Metrics => _app.Services.GetRequiredService<MetricCollector>();

    public RecordingDeliverySignal Signal => _app.Services.GetRequiredService<RecordingDeliverySignal>();

    public IWebhookBodies Bodies => _app.Services.GetRequiredService<IWebhookBodies>();

    public AnswerNotes Notes => _app.Services.GetRequiredService<AnswerNotes>();

    /// <summary>What links are signed with, newest first.</summary>
    public List<SigningKey> SigningKeys => _app.Services.GetRequiredService<List<SigningKey>>();

    public ArtifactLinks Links => _app.Services.GetRequiredService<ArtifactLinks>();

    /// <summary>Everything mapped.</summary>
    public IEnumerable<RouteEndpoint> Routes => ((IEndpointRouteBuilder)_app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    /// <summary>The spec of the newest submission.</summary>
    public Domain.Jobs.NewJob Submitted => Jobs.Submissions[^1].Job;

    public static async Task<ApiHost> StartAsync(Action<MPilotOptions>? configure = null)
    {
        var options = new MPilotOptions();
        options.Providers["openai"] = new() { Kind = "fake", Retries = 0 };
        options.Providers["other"] = new() { Kind = "fake", Models = ["other-*", "gpt-image-9"], Retries = 0 };
        options.Aliases["gpt-image-1"] = "openai/gpt-image-2";
        configure?.Invoke(options);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        AddPorts(builder.Services, options);
        builder.Services.AddApi();
        var app = builder.Build();
        app.MapApi();
        await app.StartAsync();
        return new(app, options);
    }

    /// <summary>Posts a form to the edit endpoint.</summary>
    public Task<Answer> EditAsync(Form form, params (string Name, string Value)[] headers) => EditAsync(form.ToBytes(), form.ContentType, headers);

    /// <summary>Posts a form to where a dialect takes edits.</summary>
    public Task<Answer> EditAsync(Form form, string path, params (string Name, string Value)[] headers)
        => PostAsync(path, form.ToBytes(), form.ContentType, headers);

    public Task<Answer> EditAsync(byte[] body, string contentType, params (string Name, string Value)[] headers)
        => PostAsync("/v1/images/edits", body, contentType, headers);

    /// <summary>Posts a JSON body to the edit endpoint.</summary>
    public Task<Answer> JsonAsync(string json, params (string Name, string Value)[] headers)
        => EditAsync(Encoding.UTF8.GetBytes(json), "application/json", headers);

    /// <summary>Posts a JSON body, or none.</summary>
    public Task<Answer> PostJsonAsync(string path, string? json = null, params (string Name, string Value)[] headers)
        => SendAsync(HttpMethod.Post, path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), headers);

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var response = await OpenAsync(method, path, content, headers);
        var body = await response.Content.ReadAsByteArrayAsync(Patience);
        var all = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new((int)response.StatusCode, all, body);
    }

    /// <summary>Sends a request; completes when the headers of the answer are there. Disposing the answer leaves it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(
        HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path)) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _client.SendAsync(request, Patience);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _patience.Dispose();
        await _app.DisposeAsync();
    }

    private Task<Answer> PostAsync(string path, byte[] body, string contentType, (string Name, string Value)[] headers)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return SendAsync(HttpMethod.Post, path, content, headers);
    }

    private static void AddPorts(IServiceCollection services, MPilotOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Jobs);
        services.AddSingleton(options.Retention);
        services.AddSingleton<Draining>();
        services.AddSingleton<TimeProvider>(new ManualTime());
        services.AddSingleton<Ids>();
        services.AddSingleton<MemoryStore>();
        services.AddSingleton<IJobStore>(s => s.GetRequiredService<MemoryStore>());
        services.AddSingleton<MemoryArtifacts>();
        services.AddSingleton<IArtifactStore>(s => s.GetRequiredService<MemoryArtifacts>());
        services.AddSingleton<IArtifactLedger>(s => s.GetRequiredService<MemoryStore>());
        services.AddSingleton<IFileStore>(s => s.GetRequiredService<MemoryStore>());
        services.AddSingleton<IWebhookEndpoints>(s => s.GetRequiredService<MemoryStore>());
        services.AddSingleton<IDeliveries>(s => s.GetRequiredService<MemoryStore>());
        services.AddSingleton<IBucketPuts>(s => s.GetRequiredService<MemoryStore>());
        services.AddSingleton<RecordingDeliverySignal>();
        services.AddSingleton<IDeliverySignal>(s => s.GetRequiredService<RecordingDeliverySignal>());
        services.AddSingleton(options.Retention);
        services.AddPictureFetcher();
        services.AddSingleton<IPictureProbe, PngHeaderProbe>();
        services.AddSingleton<Pictures>();
        services.AddSingleton(options.Pictures);
        services.AddSingleton<RecordingRenderer>();
        services.AddSingleton<IPictureRenderer>(s => s.GetRequiredService<RecordingRenderer>());
        services.AddSingleton<EditDrawing>();
        services.AddSingleton<List<SigningKey>>([new SigningKey("kid_test", new byte[32], ManualTime.Start)]);
        services.AddSingleton(s => new ArtifactLinks(s.GetRequiredService<List<SigningKey>>()));
        services.AddSingleton<MemoryFeed>();
        services.AddSingleton<IJobFeed>(s => s.GetRequiredService<MemoryFeed>());
        services.AddSingleton<StubBusHealth>();
        services.AddSingleton<IBusHealth>(s => s.GetRequiredService<StubBusHealth>());
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<JobLinks>();
        services.AddSingleton<RereadPace>();
        services.AddSingleton<JobWaiter>();
        services.AddSingleton<ITenantEvents>(s => s.GetRequiredService<MemoryStore>());
        services.AddSingleton<JobEventReader>();
        services.AddSingleton<TenantEventReader>();
        services.AddSingleton(s => new JobsInstruments(options.Providers.Keys, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<MetricCollector>();
        services.AddSingleton(new NodeIdentity("node_test"));
        services.AddSingleton<AnswerNotes>();
        services.AddSingleton<InstantJobs>();
        services.AddSingleton<IJobs>(s => s.GetRequiredService<InstantJobs>());
        services.AddSingleton<RecordingGates>();
        services.AddSingleton<IGates>(s => s.GetRequiredService<RecordingGates>());
        services.AddSingleton<FakeDriverKind>();
        services.AddSingleton(s => new ProviderCatalog(options, [s.GetRequiredService<FakeDriverKind>()]));
    }
}
