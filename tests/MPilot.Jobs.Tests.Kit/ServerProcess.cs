using System.Diagnostics;
using System.Text;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>A server program of somebody else's, run over a temporary folder. It ends, and the folder goes, with the process that started it, however that ends.</summary>
/// <param name="name">What it is called when it fails.</param>
/// <param name="signal">What tells it to stop at once and in order, such as <c>TERM</c>.</param>
/// <param name="lastSignal">What ends it where nothing of it is kept. Default: the same.</param>
internal sealed class ServerProcess(string name, string signal, string? lastSignal = null) : IAsyncDisposable
{
    /// <summary>Runs the server until standard input ends: that also happens when the test process is killed. A line before that names another signal.</summary>
    private const string Keeper = """
        signal="$1"; folder="$2"; shift 2
        "$@" & server=$!
        read -r other && signal="$other"; kill -"$signal" $server; wait $server; status=$?
        [ -e "$folder/keep" ] || rm -rf "$folder"
        exit $status
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private Process? _server;

    /// <summary>The server's to use.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory($"mpilot-{name.ToLowerInvariant()}-").FullName;

    /// <summary>Starts the server.</summary>
    /// <param name="line">Program and arguments.</param>
    /// <param name="ready">Words it prints once it can be used.</param>
    /// <param name="environment">What its environment has besides ours.</param>
    /// <returns>The line with these words.</returns>
    public async Task<string> StartAsync(string[] line, string ready, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("sh", ["-c", Keeper, "sh", lastSignal ?? signal, Folder, .. line])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        var isReady = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new StringBuilder();
        _server = new Process { StartInfo = start, EnableRaisingEvents = true };
        _server.Exited += (_, _) => isReady.TrySetException(new InvalidOperationException($"{name} ended: {said}"));
        _server.OutputDataReceived += (_, printed) => Take(printed.Data);
        _server.ErrorDataReceived += (_, printed) => Take(printed.Data);
        _server.Start();
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        return await isReady.Task.WaitAsync(Patience);

        void Take(string? text)
        {
            lock (said)
            {
                said.AppendLine(text);
            }

            if (text?.Contains(ready, StringComparison.Ordinal) == true)
            {
                isReady.TrySetResult(text);
            }
        }
    }

    /// <summary>Stops the server; the folder stays.</summary>
    public async Task StopAsync()
    {
        var keep = Path.Join(Folder, "keep");
        await File.WriteAllTextAsync(keep, "");
        await _server!.StandardInput.WriteLineAsync(signal);
        await EndAsync();
        File.Delete(keep);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await EndAsync();
        }
        else
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private async Task EndAsync()
    {
        using var server = _server!;
        _server = null;
        server.StandardInput.Close();
        await server.WaitForExitAsync().WaitAsync(Patience);
    }
}
