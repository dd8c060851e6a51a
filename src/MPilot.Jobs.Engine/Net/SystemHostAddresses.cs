using System.Net;

namespace MPilot.Jobs.Engine.Net;

/// <summary>Resolves by the operating system.</summary>
internal sealed class SystemHostAddresses : IHostAddresses
{
    public async ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
        => await Dns.GetHostAddressesAsync(host, cancellationToken);
}
