using Microsoft.AspNetCore.Connections;

namespace MPilot.Jobs.Simulators.Hosting;

/// <summary>Takes a call of any provider into the ledger and sees it to its end.</summary>
internal static class Calls
{
    /// <summary>Runs what answers the call.</summary>
    /// <param name="exchange">The call, and the secret it came with.</param>
    /// <param name="answer">Answers it; may end early when the client leaves.</param>
    public static async Task RunAsync(Exchange exchange, Func<Task> answer)
    {
        try
        {
            await answer();
        }
        catch (Exception gone) when (gone is OperationCanceledException or ConnectionResetException or BadHttpRequestException)
        {
            // There is nobody left to answer; the ledger says so.
            exchange.Parts.Ledger.Present(exchange.Call, false);
            exchange.Context.Abort();
        }
        finally
        {
            exchange.Parts.Ledger.Finish(exchange.Call, !exchange.ClientLeft);
        }
    }

    /// <summary>A call as it arrived.</summary>
    public static Exchange Arrive(HttpContext context, string provider, SimulatorParts parts, CancellationToken stopping)
    {
        var secret = Secret(context.Request);
        var key = secret is { Length: >= 4 } ? secret[^4..] : secret;
        return new Exchange(context, parts.Ledger.Arrive(provider, context.Request.Path, key, Headers(context.Request)), parts, stopping);
    }

    /// <summary>The bearer token, if there is one.</summary>
    public static string? Secret(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header.Length > Scheme.Length ? header[Scheme.Length..] : null;
    }

    private static Dictionary<string, string> Headers(HttpRequest request) => request.Headers
        .Where(header => !header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
        .ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString(), StringComparer.Ordinal);
}
