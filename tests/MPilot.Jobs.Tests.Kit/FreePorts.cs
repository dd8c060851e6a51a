using System.Net;
using System.Net.Sockets;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>Ports for servers that have to be told theirs, because others have to know them.</summary>
public static class FreePorts
{
    /// <summary>So many that nobody has at the moment, different ones.</summary>
    public static int[] Find(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        listeners.ForEach(l => l.Dispose());
        return ports;
    }
}
