using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;

namespace MPilot.Jobs.Chaos.Cluster;

/// <summary>One silo, at the end of a cable of its own: started again whenever it has ended, as whoever runs it would.</summary>
internal sealed class Silo(Workspace workspace, JsonObject configuration, Cable cable, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Before one that did not start is started again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>What it prints when it finds out that others have taken over from it.</summary>
    private const string Expired = "has expired, others have taken over";

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _over = new();
    private readonly List<string> _ends = [];
    private ServiceProcess? _process;
    private string? _cause;
    private TimeSpan _away;
    private Task _running = Task.CompletedTask;

    /// <summary>Open while it listens.</summary>
    public Door Door { get; } = new();

    public Cable Cable => cable;

    /// <summary>Why each of its lives ended, for those that are over.</summary>
    public IReadOnlyList<string> Ends
    {
        get
        {
            lock (_lock)
            {
                return [.. _ends];
            }
        }
    }

    /// <summary>What its lives printed, for whoever looks for what went wrong.</summary>
    public string Output { get; private set; } = "";

    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>kill -9.</summary>
    /// <param name="away">How long it stays away.</param>
    public Task KillAsync(TimeSpan away) => EndAsync("killed", away, p => p.KillAsync());

    public Task TerminateAsync() => EndAsync("told to stop", TimeSpan.Zero, p => p.TerminateAsync());

    /// <summary>From now on it does nothing, and nobody is told.</summary>
    public Task FreezeAsync()
    {
        Door.Close();
        return OnProcessAsync(p => p.FreezeAsync());
    }

    public Task ContinueAsync() => OnProcessAsync(async p =>
    {
        await p.ContinueAsync();
        Door.Open(p.Address);
    });

    /// <summary>Ends it for good.</summary>
    public async Task StopAsync()
    {
        await _over.CancelAsync();
        await TerminateAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await KillAsync(TimeSpan.Zero);
        await _running;
        _over.Dispose();
    }

    private Task EndAsync(string cause, TimeSpan away, Func<ServiceProcess, Task> end)
    {
        Door.Close();
        lock (_lock)
        {
            (_cause, _away) = (_process is null ? null : cause, away);
        }

        return OnProcessAsync(end);
    }

    /// <summary>What cannot be done because it has just ended by itself need not be.</summary>
    private async Task OnProcessAsync(Func<ServiceProcess, Task> act)
    {
        try
        {
            await (_process is { } process ? act(process) : Task.CompletedTask);
        }
        catch (InvalidOperationException)
        {
            // It has.
        }
    }

    private async Task RunAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            await LiveAsync();
            if (!_over.IsCancellationRequested)
            {
                await time.ElapseAsync(_away);
            }

            _away = TimeSpan.Zero;
        }
    }

    private async Task LiveAsync()
    {
        await using var process = ServiceProcess.Launch(workspace, configuration);
        _process = process;
        try
        {
            await process.ListenAsync();
            Door.Open(process.Address);
            var code = await process.ExitCodeAsync();
            Note(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"by itself ({code})"));
        }
        catch (InvalidOperationException)
        {
            Note("did not start");
            await time.ElapseAsync(Pause);
        }
        finally
        {
            Door.Close();
            _process = null;
            Output += process.Output;
        }
    }

    private void Note(string otherwise)
    {
        lock (_lock)
        {
            _ends.Add((_cause ?? otherwise) + (_process!.Output.Contains(Expired, StringComparison.Ordinal) ? ", taken for dead" : ""));
            _cause = null;
        }
    }
}
