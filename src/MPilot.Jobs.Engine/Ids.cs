namespace MPilot.Jobs.Engine;

/// <summary>Makes ids: a prefix and a UUIDv7 as 32 hexadecimal digits. At least 74 bits are random, so none can be guessed from another.</summary>
public sealed class Ids(TimeProvider time)
{
    /// <summary>A new job's id, <c>job_…</c>.</summary>
    public string NewJob() => New("job_");

    /// <summary>A new artifact's id, <c>art_…</c>.</summary>
    public string NewArtifact() => New("art_");

    /// <summary>A new uploaded file's id, <c>file_…</c>.</summary>
    public string NewFile() => New("file_");

    /// <summary>A new id for bringing an artifact to where it is kept, <c>upl_…</c>.</summary>
    public string NewUpload() => New("upl_");

    /// <summary>A new error event's id, <c>evt_…</c>.</summary>
    public string NewEvent() => New("evt_");

    /// <summary>A new request's id, <c>req_…</c>, for requests that bring none.</summary>
    public string NewRequest() => New("req_");

    /// <summary>A new gate lease's id, <c>lea_…</c>.</summary>
    public string NewLease() => New("lea_");

    /// <summary>A new signing key's id, <c>kid_…</c>.</summary>
    public string NewSigningKey() => New("kid_");

    /// <summary>A new node's id, <c>node_…</c>.</summary>
    public string NewNode() => New("node_");

    /// <summary>A new webhook endpoint's id, <c>whe_…</c>.</summary>
    public string NewWebhookEndpoint() => New("whe_");

    /// <summary>A new delivery's id, <c>dlv_…</c>. Stores make it, which are told the time.</summary>
    public static string NewDelivery(DateTimeOffset at) => New("dlv_", at);

    private string New(string prefix) => New(prefix, time.GetUtcNow());

    private static string New(string prefix, DateTimeOffset at) => prefix + Guid.CreateVersion7(at).ToString("N");
}
