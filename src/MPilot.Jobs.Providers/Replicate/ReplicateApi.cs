using System.Net.Http.Headers;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Streaming;
using MPilot.Jobs.Providers.Failures;

namespace MPilot.Jobs.Providers.Replicate;

/// <summary>One exchange with the API. All addresses are made from the configured one: those that answers name are never called.</summary>
internal sealed class ReplicateApi(HttpClient client, Uri baseUrl, ReplicateErrors errors)
{
    private readonly string _root = baseUrl.AbsoluteUri.TrimEnd('/');

    public ReplicateErrors Errors => errors;

    /// <summary>Asks after something.</summary>
    public Task<ReplicateReply> GetAsync(string path, string secret, IDriverIo io, CancellationToken cancellationToken)
        => AskAsync(Request(HttpMethod.Get, path), secret, io, cancellationToken);

    /// <summary>A request below the API's address.</summary>
    public HttpRequestMessage Request(HttpMethod method, string path) => new(method, $"{_root}/{path}");

    /// <summary>Sends a request and reads the document it is answered with.</summary>
    /// <param name="request">Disposed afterwards.</param>
    /// <param name="secret">The key.</param>
    /// <param name="io">Takes what is long in the answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ReplicateReply> AskAsync(HttpRequestMessage request, string secret, IDriverIo io, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, secret, cancellationToken);
        if (response is null)
        {
            return Failed(FailureKind.Transient, null, "The provider could not be reached.");
        }

        return response.IsSuccessStatusCode
            ? await ReadAsync(response, io, cancellationToken)
            : new ReplicateReply.Failed(await errors.ReadAsync(response, secret, cancellationToken));
    }

    /// <summary>Sends a request whose answer does not matter.</summary>
    public async Task TellAsync(HttpRequestMessage request, string secret, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, secret, cancellationToken);
    }

    /// <summary>The response once its headers are there, or <c>null</c> if the connection failed.</summary>
    private async Task<HttpResponseMessage?> SendAsync(HttpRequestMessage request, string secret, CancellationToken cancellationToken)
    {
        using var sent = request;
        if (secret.Length > 0)
        {
            sent.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        }

        try
        {
            return await client.SendAsync(sent, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception e) when (ConnectionFailure.Is(e, cancellationToken))
        {
            return null;
        }
    }

    private static async Task<ReplicateReply> ReadAsync(HttpResponseMessage response, IDriverIo io, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSpill.ReadAsync(body, io.BeginPictureAsync, cancellationToken) switch
        {
            SpillOutcome.Complete complete => new ReplicateReply.Told(complete.Json),
            SpillOutcome.Broken broken => Failed(FailureKind.Broken, status, broken.Reason),
            _ => Failed(FailureKind.TimedOut, status, "The connection was lost before the answer was complete."),
        };
    }

    private static ReplicateReply.Failed Failed(FailureKind kind, int? status, string message) => new(new AttemptFailure(kind, status, Message: message));
}
