using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Api.Security;

/// <summary>The configured keys.</summary>
internal sealed class VirtualKeys(MPilotOptions options)
{
    private readonly ImmutableArray<VirtualKey> _all = [.. options.Keys.Select(Of)];

    /// <summary>Whether there are any: every call then needs one.</summary>
    public bool Any => _all.Length > 0;

    /// <summary>The key of a secret. How long the search takes tells nothing about the secrets there are.</summary>
    public VirtualKey? Find(string secret)
    {
        var hash = HashOf(secret);
        VirtualKey? found = null;
        foreach (var key in _all)
        {
            found = CryptographicOperations.FixedTimeEquals(key.Hash.AsSpan(), hash) ? key : found;
        }

        return found;
    }

    private static VirtualKey Of(VirtualKeyOptions key, int index)
    {
        var caller = new Caller(key.Tenant, key.NameAt(index)) { Models = new(key.Models), FallsBackOnRefusal = key.FallBackOnRefusal };
        return new(caller, ImmutableCollectionsMarshal.AsImmutableArray(HashOf(key.Secret)), key.ExpiresAt, key.Blocked);
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
