namespace MPilot.Jobs.Tests.Kit;

/// <summary>A call that a receiver of webhooks or pictures got.</summary>
/// <param name="Path">Where.</param>
/// <param name="Id">Its <c>webhook-id</c>.</param>
/// <param name="Timestamp">Its <c>webhook-timestamp</c>.</param>
/// <param name="Signature">Its <c>webhook-signature</c>.</param>
/// <param name="Body">As it came, if it is a text.</param>
public sealed record WebhookReceipt(string Path, string Id, string Timestamp, string Signature, string Body)
{
    public required string Method { get; init; }

    /// <summary>Path and query, as they came.</summary>
    public required string Target { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body, whatever it is.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }
}
