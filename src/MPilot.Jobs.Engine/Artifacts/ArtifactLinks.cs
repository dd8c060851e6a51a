using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Artifacts;

/// <summary>Makes and checks signed, expiring links: HMAC-SHA256 over (kid, artifact, exp).</summary>
public sealed class ArtifactLinks(IReadOnlyList<SigningKey> keys)
{
    /// <summary>The id of the key that signs: links made before it came end with the key they were made with.</summary>
    public string SigningKey => keys[0].Id;

    /// <summary>Path and query of a link to an artifact.</summary>
    /// <param name="artifact">A result or preview.</param>
    /// <param name="expiresAt">Not later than the artifact's own life.</param>
    public string Sign(ArtifactRef artifact, DateTimeOffset expiresAt)
    {
        var exp = expiresAt.ToUnixTimeSeconds();
        var key = keys[0];
        return string.Create(CultureInfo.InvariantCulture, $"/v1/artifacts/{artifact.Id}?exp={exp}&kid={key.Id}&sig={Signature(key, artifact.Id, exp)}");
    }

    /// <summary>Whether a link was made by one of the valid keys and has not expired.</summary>
    /// <param name="artifact">The artifact's id from the path.</param>
    /// <param name="exp">Unix seconds.</param>
    /// <param name="kid">The key's id.</param>
    /// <param name="sig">Base64url.</param>
    /// <param name="now">The present.</param>
    public bool Verify(string artifact, long exp, string kid, string sig, DateTimeOffset now)
        => exp > now.ToUnixTimeSeconds()
            && keys.FirstOrDefault(k => k.Id == kid) is { } key
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Signature(key, artifact, exp)), Encoding.UTF8.GetBytes(sig));

    private static string Signature(SigningKey key, string artifact, long exp)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{key.Id}\n{artifact}\n{exp}");
        return System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(key.Secret, Encoding.UTF8.GetBytes(text)));
    }
}
