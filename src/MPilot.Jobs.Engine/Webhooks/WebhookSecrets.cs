namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>What deliveries of one owner are signed with, each <c>whsec_</c> and base64.</summary>
/// <param name="Current">The newest.</param>
/// <param name="CreatedAt">When that was made.</param>
/// <param name="Previous">The one before, while receivers change over.</param>
/// <param name="PreviousUntil">Until when that signs too.</param>
public sealed record WebhookSecrets(string Current, DateTimeOffset CreatedAt, string? Previous = null, DateTimeOffset? PreviousUntil = null)
{
    /// <summary>The owner of a tenant's default secret, which signs what goes to URLs of single requests.</summary>
    public const string TenantsOwn = "";

    /// <summary>Those that sign at a moment, newest first.</summary>
    public IEnumerable<string> ValidAt(DateTimeOffset now) => Previous is not null && PreviousUntil > now ? [Current, Previous] : [Current];
}
