using System.Security.Cryptography;

namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>The secret a receiver checks signatures with, as Standard Webhooks writes it.</summary>
public static class WebhookSecret
{
    public const string Prefix = "whsec_";

    private const int Bytes = 32;

    /// <summary>A new one, which cannot be guessed.</summary>
    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The key of a secret that <see cref="New"/> made.</summary>
    public static byte[] KeyOf(string secret) => Convert.FromBase64String(secret[Prefix.Length..]);
}
