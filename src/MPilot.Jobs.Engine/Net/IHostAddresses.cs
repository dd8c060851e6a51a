using System.Net;

namespace MPilot.Jobs.Engine.Net;

/// <summary>Resolves host names.</summary>
public interface IHostAddresses
{
    /// <summary>All addresses of a host.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name cannot be resolved.</exception>
    ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}
