using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>Signs deliveries: HMAC-SHA256 over <c>id.timestamp.body</c>, as Standard Webhooks has it.</summary>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>The value of <see cref="SignatureHeader"/>: one signature for each secret.</summary>
    /// <param name="secrets">Those that are valid.</param>
    /// <param name="id">The value of <see cref="IdHeader"/>.</param>
    /// <param name="at">The value of <see cref="TimestampHeader"/>.</param>
    /// <param name="body">The bytes as they are sent.</param>
    public static string Of(IEnumerable<string> secrets, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{Timestamp(at)}."), .. body];
        return string.Join(' ', secrets.Select(s => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(WebhookSecret.KeyOf(s), signed))}"));
    }

    /// <summary>Whole seconds since 1970.</summary>
    public static string Timestamp(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
