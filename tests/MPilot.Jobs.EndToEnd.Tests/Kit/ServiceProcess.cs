using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>The real service in a process of its own, on a free port.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException("The service ended before it listened."));
        _process.EnableRaisingEvents = true;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>The most memory it ever had in use, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Everything it has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts the service and waits until it listens.</summary>
    public static async Task<ServiceProcess> StartAsync(Workspace workspace, JsonObject? mpilot = null, params (string Name, string Value)[] environment)
    {
        var service = Launch(workspace, mpilot, environment);
        try
        {
            service.Address = await service._listening.Task.WaitAsync(Patience);
            return service;
        }
        catch (Exception failure)
        {
            var output = service.Output;
            await service.DisposeAsync();
            throw new InvalidOperationException($"The service did not start: {output}", failure);
        }
    }

    /// <summary>Starts the service expecting it to refuse; its exit code and what it said.</summary>
    public static async Task<(int ExitCode, string Output)> FailAsync(Workspace workspace, JsonObject? mpilot = null)
    {
        await using var service = Launch(workspace, mpilot);
        await service._process.WaitForExitAsync().WaitAsync(Patience);
        return (service._process.ExitCode, service.Output);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static ServiceProcess Launch(Workspace workspace, JsonObject? mpilot, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "MPilot.Jobs.Host.dll"), "--port", "0", "--data", workspace.Data];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (mpilot is not null)
        {
            var file = Path.Combine(workspace.Root, "mpilot.json");
            File.WriteAllText(file, new JsonObject { ["MPilot"] = mpilot.DeepClone() }.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
            start.ArgumentList.Add("--config");
            start.ArgumentList.Add(file);
        }

        start.Environment.Remove("OPENAI_API_KEY");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ServiceProcess(new Process { StartInfo = start });
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        const string Listens = "MPilot.Jobs listens on ";
        if (line.StartsWith(Listens, StringComparison.Ordinal))
        {
            _listening.TrySetResult(new Uri(line[Listens.Length..]));
        }
    }
}
