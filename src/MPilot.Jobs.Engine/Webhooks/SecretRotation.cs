namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>A new secret, first or next. The one before signs along for a while; one before that is forgotten.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Owner">An endpoint's id, or <see cref="WebhookSecrets.TenantsOwn"/>.</param>
/// <param name="Secret">The new one.</param>
/// <param name="At">Now.</param>
/// <param name="PreviousUntil">Until when the one before signs too.</param>
public sealed record SecretRotation(string Tenant, string Owner, string Secret, DateTimeOffset At, DateTimeOffset PreviousUntil);
