using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Simulators.Tests.Replicate;

/// <summary>Sends what Replicate's API takes, and nothing of its own.</summary>
internal sealed class ReplicateClient : IAsyncDisposable
{
    public const string Kontext = "black-forest-labs/flux-kontext-pro";

    private readonly ServiceProvider _services = new ServiceCollection().AddHttpClient().BuildServiceProvider();

    private ReplicateClient(Simulator simulator, string secret)
    {
        Http = _services.GetRequiredService<IHttpClientFactory>().CreateClient();
        Http.BaseAddress = new Uri(simulator.Address);
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
    }

    public HttpClient Http { get; }

    public static ReplicateClient Of(Simulator simulator, string secret = "r8_test_1234") => new(simulator, secret);

    /// <summary>Creates a prediction.</summary>
    public async Task<HttpResponseMessage> CreateAsync(JsonObject input, string? prefer = "wait", string model = Kontext)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/models/{model}/predictions");
        request.Content = SimulatorFixture.Json(new JsonObject { ["input"] = input }.ToJsonString());
        if (prefer is not null) request.Headers.TryAddWithoutValidation("Prefer", prefer);
        return await Http.SendAsync(request);
    }

    /// <summary>Uploads a picture; its link.</summary>
    public async Task<(string Id, string Link)> UploadAsync(byte[]? picture = null)
    {
        using var form = new MultipartFormDataContent();
        var content = new ByteArrayContent(picture ?? PngFile.Claiming(64, 48));
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(content, "content", "a.png");
        using var answer = await Http.PostAsync("/v1/files", form);
        var file = await JsonAsync(answer);
        return (file.GetProperty("id").GetString()!, file.GetProperty("urls").GetProperty("get").GetString()!);
    }

    public async Task<JsonElement> PredictionAsync(string id) => await JsonAsync(await Http.GetAsync($"/v1/predictions/{id}"));

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _services.DisposeAsync();
    }
}
