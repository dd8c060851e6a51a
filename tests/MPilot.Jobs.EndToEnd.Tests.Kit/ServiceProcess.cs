using System.Diagnostics;
using System.Globalization;
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
    private bool _disposed;
    private readonly List<(string Words, TaskCompletionSource Said)> _awaited = [];
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

    /// <summary>The data directory as the service sees it, a disk of its own included.</summary>
    public string DataOf(Workspace workspace) => $"/proc/{Id}/root{workspace.Data}";

    /// <summary>Starts the service and waits until it listens.</summary>
    public static Task<ServiceProcess> StartAsync(Workspace workspace, JsonObject? mpilot = null, params (string Name, string Value)[] environment)
        => ListeningAsync(Launch(workspace, mpilot, disk: null, environment));

    /// <summary>The same with a small disk of its own under the data directory, gone with the process.</summary>
    public static Task<ServiceProcess> StartOnSmallDiskAsync(Workspace workspace, int megabytes, JsonObject? mpilot = null)
        => ListeningAsync(Launch(workspace, mpilot, megabytes));

    private static async Task<ServiceProcess> ListeningAsync(ServiceProcess service)
    {
        await service.ListenAsync();
        return service;
    }

    /// <summary>Waits until it listens; what does not is ended.</summary>
    /// <exception cref="InvalidOperationException">It does not; the message has what it printed.</exception>
    public async Task ListenAsync()
    {
        try
        {
            Address = await _listening.Task.WaitAsync(Patience);
        }
        catch (Exception failure)
        {
            // What it printed last may still be on its way.
            await DisposeAsync();
            var output = Output;
            throw new InvalidOperationException($"The service did not start: {output}", failure);
        }
    }

    /// <summary>Starts the service expecting it to refuse; its exit code and what it said.</summary>
    public static async Task<(int ExitCode, string Output)> FailAsync(Workspace workspace, JsonObject? mpilot = null)
    {
        await using var service = Launch(workspace, mpilot, disk: null);
        await service._process.WaitForExitAsync().WaitAsync(Patience);
        return (service._process.ExitCode, service.Output);
    }

    /// <summary>Completes once it has printed a line with these words in it.</summary>
    public Task SaidAsync(string words)
    {
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_output)
        {
            _awaited.Add((words, said));
            if (_output.ToString().Contains(words, StringComparison.Ordinal))
            {
                said.TrySetResult();
            }
        }

        return said.Task.WaitAsync(Patience);
    }

    /// <summary>Tells it to stop, as whoever runs it does.</summary>
    public Task TerminateAsync() => SignalAsync("TERM");

    /// <summary>Lets it do nothing at all until it is continued, as a machine does that sleeps.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ContinueAsync() => SignalAsync("CONT");

    /// <summary>Its exit code, once it has ended, however long that takes.</summary>
    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Its exit code, once it has ended by itself.</summary>
    public Task<int> EndedAsync() => ExitCodeAsync().WaitAsync(Patience);

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();

        _process.Dispose();
    }

    /// <summary>Starts the service and waits for nothing.</summary>
    public static ServiceProcess Launch(Workspace workspace, JsonObject? mpilot) => Launch(workspace, mpilot, disk: null);

    private static ServiceProcess Launch(Workspace workspace, JsonObject? mpilot, int? disk, params (string Name, string Value)[] environment)
    {
        string[] program = ["dotnet", workspace.Program, "--port", "0", "--data", workspace.Data];
        string[] mounted = disk is null ? [] : ["unshare", "-rm", "sh", "-c", $"mount -t tmpfs -o size={disk}m tmpfs {workspace.Data} && exec \"$@\"", "sh"];
        Directory.CreateDirectory(workspace.Data);
        string[] line = [.. mounted, .. program];
        var start = new ProcessStartInfo(line[0]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] arguments = line[1..];
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

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
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
            _awaited.FindAll(a => line.Contains(a.Words, StringComparison.Ordinal)).ForEach(a => a.Said.TrySetResult());
        }

        const string Listens = "MPilot.Jobs listens on ";
        if (line.StartsWith(Listens, StringComparison.Ordinal))
        {
            _listening.TrySetResult(new Uri(line[Listens.Length..]));
        }
    }
}
