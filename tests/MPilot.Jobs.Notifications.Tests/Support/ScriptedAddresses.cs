using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

using MPilot.Jobs.Engine.Net;

namespace MPilot.Jobs.Notifications.Tests.Support;

/// <summary>Names that resolve to what a test says, one answer after the other; the last one stays.</summary>
internal sealed class ScriptedAddresses : IHostAddresses
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _answers = new(StringComparer.Ordinal);

    public void Resolve(string host, params ReadOnlySpan<string> addresses) => _answers[host] = new(addresses.ToArray());

    public ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (!_answers.TryGetValue(host, out var answers))
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        return ValueTask.FromResult<IPAddress[]>([IPAddress.Parse(answers.Count > 1 && answers.TryDequeue(out var next) ? next : answers.First())]);
    }
}
