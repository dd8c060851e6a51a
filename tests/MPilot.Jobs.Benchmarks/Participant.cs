using System.Diagnostics;
using System.Net.Sockets;

namespace MPilot.Jobs.Benchmarks;

/// <summary>A process that is measured from outside.</summary>
internal sealed class Participant : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private Participant(Process process) => _process = process;

    public Uri Address { get; private set; } = null!;

    /// <summary>Processor time used so far, all threads, user and system.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory now, in bytes.</summary>
    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>How much of it is the managed heap.</summary>
    public long ResidentHeap => HeapMemory.Of(_process.Id);

    /// <summary>Starts a program and waits for the line that names its address.</summary>
    public static async Task<Participant> StartAsync(
        string program, string[] arguments, string announcement, params (string Name, string Value)[] environment)
    {
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var participant = Launch(program, arguments, line =>
        {
            if (line.StartsWith(announcement, StringComparison.Ordinal))
            {
                listening.TrySetResult(new Uri(line[announcement.Length..]));
            }
        }, environment);
        participant.Address = await listening.Task.WaitAsync(Patience);
        return participant;
    }

    /// <summary>Starts a program and waits until its address takes connections.</summary>
    public static async Task<Participant> StartAsync(string program, string[] arguments, Uri address)
    {
        var participant = Launch(program, arguments, _ => { });
        participant.Address = address;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var left = 250; left > 0 && !await AnswersAsync(address); left--)
        {
            await timer.WaitForNextTickAsync();
        }

        return participant;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static Participant Launch(string program, string[] arguments, Action<string> onLine, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => onLine(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        return new(process);
    }

    private static async Task<bool> AnswersAsync(Uri address)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
