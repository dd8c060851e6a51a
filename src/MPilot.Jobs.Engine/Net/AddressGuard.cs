using System.Net;
using System.Net.Sockets;

namespace MPilot.Jobs.Engine.Net;

/// <summary>Tells addresses of the public internet from those that reach this machine, its network or a cloud's inside.</summary>
public static class AddressGuard
{
    private static readonly IPNetwork[] NotPublicV4 =
    [
        .. new[]
        {
            "0.0.0.0/8", // this network
            "10.0.0.0/8",
            "100.64.0.0/10", // carrier-grade NAT; also a cloud's metadata
            "127.0.0.0/8",
            "168.63.129.16/32", // a cloud's host agent, outside every reserved range
            "169.254.0.0/16", // link-local; also most clouds' metadata
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16",
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, broadcast
        }.Select(text => IPNetwork.Parse(text)),
    ];

    /// <summary>Networks of organisations and this machine; what a cloud or a carrier keeps for itself is not among them.</summary>
    private static readonly IPNetwork[] Private =
    [
        .. new[] { "10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7" }.Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork CloudV6 = IPNetwork.Parse("fd00:ec2::/32");

    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublicV6 =
    [
        .. new[]
        {
            "2001::/23", // Teredo and other protocol assignments
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4: an IPv4 address inside
            "3fff::/20", // documentation
        }.Select(text => IPNetwork.Parse(text)),
    ];

    /// <summary>
    /// Whether an address is an ordinary one of the public internet. IPv4 inside IPv6 by mapping is judged as IPv4; by any other way
    /// (compatible, NAT64, 6to4, Teredo) it is never public.
    /// </summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !NotPublicV4.Any(n => n.Contains(address)),
            AddressFamily.InterNetworkV6 => GlobalV6.Contains(address) && !NotPublicV6.Any(n => n.Contains(address)),
            _ => false,
        };
    }

    /// <summary>
    /// Whether an address is one of an organisation's own network or of this machine. Never link-local, carrier-grade NAT or a cloud's metadata,
    /// which no operator keeps pictures at.
    /// </summary>
    public static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return Private.Any(n => n.Contains(address)) && !CloudV6.Contains(address);
    }
}
