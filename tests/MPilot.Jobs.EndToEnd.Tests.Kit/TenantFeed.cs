using System.Text.Json.Nodes;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>Listens to <c>/v1/events</c> as a client does that can come back: it keeps the last id, and passes comments over.</summary>
public sealed class TenantFeed : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly EditClient _client;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private TenantFeed(EditClient client, HttpResponseMessage response, StreamReader reader) => (_client, _response, _reader) = (client, response, reader);

    /// <summary>The id of what came last.</summary>
    public string Cursor { get; private set; } = "";

    /// <summary>Begins to listen, at the present or where somebody was; whatever happens once this has completed is heard.</summary>
    public static async Task<TenantFeed> OpenAsync(ServiceProcess service, string? cursor = null, string query = "")
    {
        var client = EditClient.For(service);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/events{query}");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", cursor);
        var response = (await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
        var feed = new TenantFeed(client, response, new(await response.Content.ReadAsStreamAsync()));
        await feed.ReadAsync(CancellationToken.None);
        return feed;
    }

    /// <summary>The next event, or <c>null</c> where the stream has ended.</summary>
    /// <exception cref="IOException">The connection broke off.</exception>
    public async Task<JsonNode?> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await ReadAsync(patience.Token) is { } block)
        {
            if (block.Find(l => l.StartsWith("data: ", StringComparison.Ordinal)) is { } line)
            {
                return JsonNode.Parse(line["data: ".Length..]);
            }
        }

        return null;
    }

    /// <summary>The events up to the first that is wanted, that one too.</summary>
    public async Task<List<JsonNode>> TakeUntilAsync(Func<JsonNode, bool> wanted)
    {
        var all = new List<JsonNode>();
        do
        {
            all.Add(await NextAsync() ?? throw new EndOfStreamException("The stream ended before what was waited for."));
        }
        while (!wanted(all[^1]));
        return all;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
        _client.Dispose();
    }

    /// <summary>The lines up to the next empty one.</summary>
    private async Task<List<string>?> ReadAsync(CancellationToken patience)
    {
        var block = new List<string>();
        while (await _reader.ReadLineAsync(patience) is { } line)
        {
            if (line.Length == 0)
            {
                Cursor = block.Find(l => l.StartsWith("id: ", StringComparison.Ordinal))?["id: ".Length..] ?? Cursor;
                return block;
            }

            block.Add(line);
        }

        return null;
    }
}
