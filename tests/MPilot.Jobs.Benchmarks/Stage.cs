using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace MPilot.Jobs.Benchmarks;

/// <summary>All that takes part, each in a process of its own on loopback: the simulated provider, nginx in front of it, the service in front of it.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private Stage(string root, Participant simulator, Participant nginx, Participant service)
    {
        Root = root;
        Simulator = simulator;
        Nginx = nginx;
        Service = service;
    }

    /// <summary>A temporary folder.</summary>
    public string Root { get; }

    public Participant Simulator { get; }

    public Participant Nginx { get; }

    public Participant Service { get; }

    public static async Task<Stage> SetAsync()
    {
        var root = Directory.CreateTempSubdirectory("mpilot-bench-").FullName;
        var simulator = await Participant.StartAsync("dotnet", [Here("MPilot.Jobs.Simulators.dll"), "--port", "0"], "listening on ");
        var nginx = await StartNginxAsync(root, simulator.Address);
        var service = await StartServiceAsync(root, "data", simulator.Address);
        return new(root, simulator, nginx, service);
    }

    /// <summary>Starts the service on a data directory of the stage.</summary>
    public static Task<Participant> StartServiceAsync(string root, string data, Uri simulator)
    {
        var file = Path.Combine(root, $"{data}.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            MPilot = new
            {
                Providers = new
                {
                    openai = new { Kind = "openai", BaseUrl = new Uri(simulator, "v1"), Keys = new[] { new { Secret = "sk-bench" } }, Concurrency = 1000 },
                },
            },
        }));
        string[] arguments = [Here("MPilot.Jobs.Host.dll"), "--port", "0", "--data", Path.Combine(root, data), "--config", file];
        return Participant.StartAsync("dotnet", arguments, "MPilot.Jobs listens on ");
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Nginx.DisposeAsync();
        await Simulator.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }

    private static string Here(string file) => Path.Combine(AppContext.BaseDirectory, file);

    /// <summary>One nginx process with its defaults for buffering, and no limit on bodies.</summary>
    private static async Task<Participant> StartNginxAsync(string root, Uri upstream)
    {
        var port = FreePort();
        var file = Path.Combine(root, "nginx.conf");
        await File.WriteAllTextAsync(file, $$"""
            daemon off; master_process off; pid {{root}}/nginx.pid; error_log stderr;
            events { worker_connections 4096; }
            http {
              access_log off; client_max_body_size 0;
              client_body_temp_path {{root}}/b; proxy_temp_path {{root}}/p; fastcgi_temp_path {{root}}/f; uwsgi_temp_path {{root}}/u; scgi_temp_path {{root}}/s;
              upstream provider { server {{upstream.Authority}}; keepalive 256; }
              server {
                listen 127.0.0.1:{{port}};
                location / { proxy_pass http://provider; proxy_http_version 1.1; proxy_set_header Connection ""; }
              }
            }
            """);
        return await Participant.StartAsync("nginx", ["-p", root, "-c", file], new Uri($"http://127.0.0.1:{port}"));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
