using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;
using Xunit;

namespace MPilot.Jobs.Simulators.Tests;

/// <summary>A simulator of one's own and a client that does nothing but send.</summary>
public abstract class SimulatorFixture : IAsyncLifetime
{
    private ServiceProvider? _services;

    protected ManualTime Time { get; } = new();

    protected Simulator Simulator { get; private set; } = null!;

    protected HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Simulator = await Simulator.StartAsync(new SimulatorOptions { Time = Time });
        _services = new ServiceCollection().AddHttpClient().BuildServiceProvider();
        Client = _services.GetRequiredService<IHttpClientFactory>().CreateClient();
        Client.BaseAddress = new Uri(Simulator.Address);
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-test-1234");
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Simulator.DisposeAsync();
        await _services!.DisposeAsync();
    }

    protected Task<HttpResponseMessage> PostAsync(EditForm form, CancellationToken cancellation = default) =>
        Client.PostAsync("/v1/images/edits", form.ToContent(), cancellation);

    protected Task<HttpResponseMessage> PostAsync(ScriptAction action, EditForm? form = null)
    {
        Simulator.Script(action);
        return PostAsync(form ?? new EditForm());
    }

    protected static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    protected static async Task<JsonElement> ErrorAsync(HttpResponseMessage answer) => (await JsonAsync(answer)).GetProperty("error");

    internal static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
