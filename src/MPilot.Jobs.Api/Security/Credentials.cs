using System.Collections.Immutable;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Api.Security;

/// <summary>
/// The credentials of a request, from every header clients put them in. What a client sends only because it must send something, such as an SDK's
/// placeholder beside <c>x-bf-vk</c>, is no virtual key and does not contradict one.
/// </summary>
/// <param name="VirtualKeys">Different secrets of virtual keys, in the order their headers count.</param>
/// <param name="HasOther">Whether there is anything else.</param>
internal sealed record Credentials(ImmutableArray<string> VirtualKeys, bool HasOther)
{
    private const string Bearer = "Bearer ";

    public static Credentials Of(IHeaderDictionary headers)
    {
        var shared = Tokens(headers).Concat(Values(headers, ApiHeaders.ApiKey)).Concat(Values(headers, ApiHeaders.XApiKey)).Concat(Values(headers, ApiHeaders.GoogleApiKey))
            .ToLookup(v => v.StartsWith(VirtualKeyOptions.Prefix, StringComparison.OrdinalIgnoreCase));
        return new([.. Values(headers, ApiHeaders.VirtualKey).Concat(shared[true]).Distinct(StringComparer.Ordinal)], shared[false].Any());
    }

    private static IEnumerable<string> Tokens(IHeaderDictionary headers)
        => Values(headers, ApiHeaders.Authorization).Where(v => v.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            .Select(v => v[Bearer.Length..].Trim()).Where(v => v.Length > 0);

    private static IEnumerable<string> Values(IHeaderDictionary headers, string name)
        => headers[name].Select(v => v?.Trim() ?? "").Where(v => v.Length > 0);
}
