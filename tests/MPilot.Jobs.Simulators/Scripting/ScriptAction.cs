namespace MPilot.Jobs.Simulators.Scripting;

/// <summary>What is done to a call. Pauses come first, then one ending at most (a refusal, a reset, a hang), else an answer, changed as asked.</summary>
public sealed record ScriptAction
{
    /// <summary>Milliseconds to wait before answering.</summary>
    public int? DelayMs { get; init; }

    /// <summary>Name of the gate to wait at until it is released.</summary>
    public string? Hold { get; init; }

    /// <summary>Never answer; the call ends when the client leaves. Bought, unless <see cref="Purchased"/> says otherwise.</summary>
    public bool Hang { get; init; }

    /// <summary>In a stream, <see cref="DelayMs"/>, <see cref="Hold"/> and <see cref="Hang"/> come after the partial pictures.</summary>
    public bool AfterPartials { get; init; }

    /// <summary>In a stream, name of the gate where each picture, partial or completed, waits until it is released.</summary>
    public string? HoldEach { get; init; }

    /// <summary>In a stream, how many partial pictures come, whatever was asked for.</summary>
    public int? Partials { get; init; }

    /// <summary>Overrides whether the provider bills the call.</summary>
    public bool? Purchased { get; init; }

    /// <summary>HTTP status of a refusal, with the next four.</summary>
    public int? Status { get; init; }

    public string? Code { get; init; }

    public string? Type { get; init; }

    public string? Message { get; init; }

    public string? Param { get; init; }

    /// <summary>Extra headers of the answer, whichever it is.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Answer <see cref="Status"/> without reading the upload.</summary>
    public bool BeforeBody { get; init; }

    /// <summary>Refused by the safety system: 400 <c>moderation_blocked</c>.</summary>
    public bool Moderation { get; init; }

    /// <summary>Out of credit: 429 <c>insufficient_quota</c>.</summary>
    public bool Quota { get; init; }

    /// <summary>The key is unknown: 401 <c>invalid_api_key</c>.</summary>
    public bool RefuseKey { get; init; }

    /// <summary>Break the connection without reading the upload.</summary>
    public bool ResetBeforeBody { get; init; }

    /// <summary>Produce and bill the picture, then break the connection.</summary>
    public bool ResetAfterPurchase { get; init; }

    /// <summary>Bytes of the answer's body to send before breaking the connection.</summary>
    public long? Truncate { get; init; }

    /// <summary>The base64 is of something that is no picture.</summary>
    public bool WrongBytes { get; init; }

    /// <summary>200 with no pictures.</summary>
    public bool EmptyData { get; init; }

    /// <summary>Every picture comes twice, and is billed once.</summary>
    public bool Twice { get; init; }

    /// <summary>Links in place of base64.</summary>
    public bool NoB64 { get; init; }

    /// <summary>200 whose JSON breaks off.</summary>
    public bool InvalidJson { get; init; }

    /// <summary>In a stream, an error event in place of the completed picture.</summary>
    public bool StreamError { get; init; }

    /// <summary>Milliseconds between pieces of the answer.</summary>
    public int? SlowDripMs { get; init; }

    /// <summary>Bytes of such a piece. Default: 65,536.</summary>
    public int? DripBytes { get; init; }

    /// <summary>About how many bytes a picture has. Default: as small as it compresses.</summary>
    public int? PictureBytes { get; init; }

    /// <summary>A job stays in its queue until this gate is released; it is bought when it leaves.</summary>
    public string? HoldStart { get; init; }

    /// <summary>A job runs and fails with these words.</summary>
    public string? JobError { get; init; }

    /// <summary>How a job ends that somebody else stops while it runs: <c>canceled</c> or <c>aborted</c>.</summary>
    public string? JobEnds { get; init; }

    /// <summary>A job that is canceled goes on all the same.</summary>
    public bool IgnoreCancel { get; init; }

    /// <summary>A job's pictures are data URLs.</summary>
    public bool DataUrls { get; init; }

    /// <summary>Of a job, the state it was asked for the last time is told once more.</summary>
    public bool Stale { get; init; }

    internal bool IsBeforeBody => ResetBeforeBody || BeforeBody;
}
