namespace MPilot.Jobs.Engine.Store;

/// <summary>A key for HMAC-SHA256.</summary>
/// <param name="Id">The <c>kid</c> of a link.</param>
/// <param name="Secret">32 random bytes.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record SigningKey(string Id, byte[] Secret, DateTimeOffset CreatedAt);
