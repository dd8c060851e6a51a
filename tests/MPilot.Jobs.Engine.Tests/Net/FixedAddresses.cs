using System.Net;

using MPilot.Jobs.Engine.Net;

namespace MPilot.Jobs.Engine.Tests.Net;

/// <summary>Resolves every name to the same addresses.</summary>
public sealed class FixedAddresses(params IPAddress[] addresses) : IHostAddresses
{
    public int Calls { get; private set; }

    public ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Calls++;
        return new(addresses);
    }
}
