namespace MPilot.Jobs.Engine.Configuration;

/// <summary>How long things are kept.</summary>
public sealed class RetentionOptions
{
    /// <summary>Pictures of a final job. Default: 24 h.</summary>
    public TimeSpan Results { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Previews of a picture in the making, from when they came. Longer lets a stream that is taken up late still show them, shorter frees the
    /// disk sooner. Default: 1 h.
    /// </summary>
    public TimeSpan Previews { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Idempotency keys. Default: 24 h.</summary>
    public TimeSpan IdempotencyKeys { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Events. Default: 7 d.</summary>
    public TimeSpan Events { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Final jobs. Default: 30 d.</summary>
    public TimeSpan Jobs { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Uploaded files; jobs that use one keep its picture for themselves. Longer fills the disk, shorter makes callers upload again. Default: 30 d.</summary>
    public TimeSpan Files { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Rows of the purchase ledger, from when the call was sent. Longer answers later questions about money, shorter keeps the database small. Default: 400 d.
    /// </summary>
    public TimeSpan Ledger { get; set; } = TimeSpan.FromDays(400);

    /// <summary>
    /// Webhook deliveries that were made or given up, with the log of their tries. Longer lets more be looked up and delivered again, shorter keeps the
    /// database small. Default: 30 d.
    /// </summary>
    public TimeSpan Deliveries { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often the sweeper looks. Default: 1 min.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);
}
