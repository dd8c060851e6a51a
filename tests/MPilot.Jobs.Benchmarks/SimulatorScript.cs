using System.Net.Http.Json;

using Microsoft.Extensions.DependencyInjection;

namespace MPilot.Jobs.Benchmarks;

/// <summary>Tells the simulated provider how to answer from now on.</summary>
internal static class SimulatorScript
{
    /// <summary>Every call answers one picture of about that weight, after a pause.</summary>
    public static async Task AnswerAsync(Uri simulator, int pictureBytes, int delayMs)
    {
        await using var services = new ServiceCollection().AddHttpClient().BuildServiceProvider();
        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient();
        (await http.DeleteAsync(new Uri(simulator, "/_script"))).EnsureSuccessStatusCode();
        var rule = new { times = -1, action = new { pictureBytes, delayMs } };
        (await http.PostAsJsonAsync(new Uri(simulator, "/_script"), new[] { rule })).EnsureSuccessStatusCode();
    }
}
