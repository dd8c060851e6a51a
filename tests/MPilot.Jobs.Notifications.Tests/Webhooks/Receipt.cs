namespace MPilot.Jobs.Notifications.Tests.Webhooks;

/// <summary>A call that a receiver got.</summary>
internal sealed record Receipt(string Path, string Id, string Timestamp, string Signature, string Body);
