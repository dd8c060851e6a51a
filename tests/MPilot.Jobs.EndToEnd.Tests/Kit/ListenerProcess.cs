using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>A program of somebody else's that consumes events by MassTransit, in a process of its own.</summary>
internal sealed class ListenerProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<JsonNode> _heard = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private volatile Watch? _watch;

    private ListenerProcess(Process process) => _process = process;

    /// <summary>What it has printed: an event each.</summary>
    public IReadOnlyCollection<JsonNode> Heard => _heard;

    public static async Task<ListenerProcess> StartAsync(Uri bus, string queue)
    {
        string[] line = [Path.Combine(AppContext.BaseDirectory, "MPilot.Jobs.BusListener.dll"), bus.AbsoluteUri, queue];
        var start = new ProcessStartInfo("dotnet", line) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        var listener = new ListenerProcess(new Process { StartInfo = start });
        listener._process.OutputDataReceived += (_, line) => listener.Take(line.Data);
        listener._process.Start();
        listener._process.BeginOutputReadLine();
        await listener._listening.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return listener;
    }

    /// <summary>Completes once what it heard is as wanted.</summary>
    public Task WhenAsync(Func<IReadOnlyCollection<JsonNode>, bool> holds)
    {
        var watch = new Watch(holds, new(TaskCreationOptions.RunContinuationsAsynchronously));
        _watch = watch;
        Look();
        return watch.Seen.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line == "listening")
        {
            _listening.TrySetResult();
        }
        else if (line is not null)
        {
            _heard.Enqueue(JsonNode.Parse(line)!);
            Look();
        }
    }

    private void Look()
    {
        if (_watch is { } watch && watch.Holds(_heard))
        {
            watch.Seen.TrySetResult();
        }
    }

    private sealed record Watch(Func<IReadOnlyCollection<JsonNode>, bool> Holds, TaskCompletionSource Seen);
}
