using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

using Microsoft.Extensions.DependencyInjection;

namespace MPilot.Jobs.Benchmarks;

/// <summary>What listeners of a job in which nothing happens cost: memory of the service before, with, and after them.</summary>
internal static class ListenerBenchmark
{
    private const int Crowd = 1000;
    private const int Few = 50;
    private const int ProviderMs = 10 * 60 * 1000;

    /// <summary>Two heartbeats and one look into the store.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(35);

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(Stage stage)
    {
        await SimulatorScript.AnswerAsync(stage.Simulator.Address, pictureBytes: 10_000, ProviderMs);
        await using var service = await Stage.StartServiceAsync(stage.Root, "listeners", stage.Simulator.Address);
        var path = await AcceptAsync(service.Address);
        Leave(await ListenAsync(service.Address, path, Few));
        await PassAsync(Settling);

        Console.WriteLine($"\n{Crowd} listeners of one job in which nothing happens, {Few} before them to warm up");
        Console.WriteLine($"{"",-24}{"RSS MB",9}{"heap MB",9}{"over idle",11}{"kB each",9}");
        var idle = service.Resident;
        Tell("none", service, idle);
        var listeners = await ListenAsync(service.Address, path, Crowd);
        Tell("all have come", service, idle);
        await PassAsync(Idle);
        Tell($"{Idle.TotalSeconds:F0} s later", service, idle);
        Leave(listeners);
        await PassAsync(Settling);
        Tell("all have left", service, idle);
    }

    private static void Tell(string when, Participant service, long idle)
    {
        var (now, heap) = (service.Resident, service.ResidentHeap);
        Console.WriteLine($"{when,-24}{now / 1e6,9:F1}{heap / 1e6,9:F1}{(now - idle) / 1e6,11:F1}{(now - idle) / 1e3 / Crowd,9:F1}");
    }

    private static async Task<string> AcceptAsync(Uri service)
    {
        await using var services = new ServiceCollection().AddHttpClient().BuildServiceProvider();
        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient();
        using var form = new MultipartFormDataContent { { new StringContent("gpt-image-2"), "model" }, { new StringContent("p"), "prompt" } };
        using var picture = new ByteArrayContent(BenchPictures.Noise(30_000));
        form.Add(picture, "image", "a.png");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service, "/v1/images/edits")) { Content = form };
        request.Headers.Add("Prefer", "respond-async");
        using var response = await http.SendAsync(request);
        var job = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return $"/v1/jobs/{job.GetProperty("id").GetString()}/events";
    }

    /// <summary>Opens connections, each of which has read all events there are.</summary>
    private static async Task<TcpClient[]> ListenAsync(Uri service, string path, int count)
    {
        var listeners = new TcpClient[count];
        await Parallel.ForAsync(0, count, async (i, cancellationToken) => listeners[i] = await ListenAsync(service, path, cancellationToken));
        return listeners;
    }

    private static async Task<TcpClient> ListenAsync(Uri service, string path, CancellationToken cancellationToken)
    {
        var listener = new TcpClient();
        await listener.ConnectAsync(service.Host, service.Port, cancellationToken);
        var stream = listener.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {service.Authority}\r\n\r\n"), cancellationToken);
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        while (!text.ToString().Contains("event: job.attempt_started", StringComparison.Ordinal))
        {
            text.Append(Encoding.ASCII.GetString(buffer, 0, await stream.ReadAtLeastAsync(buffer, 1, cancellationToken: cancellationToken)));
        }

        return listener;
    }

    private static void Leave(TcpClient[] listeners)
    {
        foreach (var listener in listeners)
        {
            listener.Dispose();
        }
    }

    private static async Task PassAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }
}
