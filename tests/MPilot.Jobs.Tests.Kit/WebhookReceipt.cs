namespace MPilot.Jobs.Tests.Kit;

/// <summary>A call that a receiver of webhooks got.</summary>
/// <param name="Path">Where.</param>
/// <param name="Id">Its <c>webhook-id</c>.</param>
/// <param name="Timestamp">Its <c>webhook-timestamp</c>.</param>
/// <param name="Signature">Its <c>webhook-signature</c>.</param>
/// <param name="Body">As it came.</param>
public sealed record WebhookReceipt(string Path, string Id, string Timestamp, string Signature, string Body);
