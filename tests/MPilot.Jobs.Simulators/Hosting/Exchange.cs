using MPilot.Jobs.Simulators.Ledgers;
using MPilot.Jobs.Simulators.Scripting;

namespace MPilot.Jobs.Simulators.Hosting;

/// <summary>One provider call in flight: what the script wants of it, and the way back to the client.</summary>
internal sealed class Exchange(HttpContext context, CallEntry call, SimulatorParts parts, CancellationToken stopping)
{
    private const int DefaultDripBytes = 64 * 1024;

    private long _written;
    private bool _aborted;

    public HttpContext Context => context;

    public CallEntry Call => call;

    public SimulatorParts Parts => parts;

    public ScriptAction Action { get; set; } = new();

    /// <summary>The client, not we, ended the connection.</summary>
    public bool ClientLeft => !_aborted && context.RequestAborted.IsCancellationRequested;

    /// <summary>Waits out the scripted delay, gate and hang. Ends early, and without an error, when the client leaves: a provider goes on with its work then.</summary>
    public Task PauseAsync() => WhileConnectedAsync(async left =>
    {
        if (Action.DelayMs is { } delay) await parts.ElapseAsync(TimeSpan.FromMilliseconds(delay), left);
        if (Action.Hold is { } gate) await parts.Gates.HoldAsync(gate, left);
        if (Action.Hang) await parts.ElapseAsync(Timeout.InfiniteTimeSpan, left);
    });

    /// <summary>Waits at the gate of single pictures, if there is one. Ends early as well.</summary>
    public async Task PauseForPictureAsync()
    {
        if (Action.HoldEach is not { } gate) return;
        await WhileConnectedAsync(async left =>
        {
            await context.Response.BodyWriter.FlushAsync(left);
            await parts.Gates.HoldAsync(gate, left);
        });
    }

    private async Task WhileConnectedAsync(Func<CancellationToken, Task> pause)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await pause(left.Token);
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            if (stopping.IsCancellationRequested) context.Abort();
        }
    }

    /// <summary>The provider has produced <paramref name="pictures"/> pictures and bills them.</summary>
    public void Purchase(int pictures)
    {
        if (Action.Purchased ?? true) parts.Ledger.Purchase(call, pictures);
    }

    public void Start(int status, string contentType, string? code = null)
    {
        parts.Ledger.Answer(call, status, code);
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        foreach (var (name, value) in Action.Headers ?? new Dictionary<string, string>(StringComparer.Ordinal)) context.Response.Headers[name] = value;
    }

    /// <summary>Breaks the connection, leaving nothing more to read.</summary>
    public void Abort()
    {
        parts.Ledger.Present(call, !ClientLeft);
        _aborted = true;
        context.Abort();
    }

    /// <summary>Writes a piece of the answer, slowed and cut as scripted; nothing once the client has left.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        var step = Action.SlowDripMs is null ? int.MaxValue : Action.DripBytes ?? DefaultDripBytes;
        while (!bytes.IsEmpty && !context.RequestAborted.IsCancellationRequested)
        {
            var piece = bytes[..(int)Math.Min(Math.Min(bytes.Length, step), (Action.Truncate ?? long.MaxValue) - _written)];
            if (!piece.IsEmpty) await context.Response.BodyWriter.WriteAsync(piece, context.RequestAborted);
            _written += piece.Length;
            if (_written == Action.Truncate) throw new AnswerCutException();
            bytes = bytes[piece.Length..];
            if (Action.SlowDripMs is { } drip) await DripAsync(drip);
        }
    }

    public async Task FlushAsync() => await context.Response.BodyWriter.FlushAsync(context.RequestAborted);

    private async Task DripAsync(int milliseconds)
    {
        await FlushAsync();
        using var left = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await parts.ElapseAsync(TimeSpan.FromMilliseconds(milliseconds), left.Token);
    }
}
