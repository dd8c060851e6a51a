using System.Buffers;
using System.Net;

using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Engine.Net;

/// <summary>
/// Fetches pictures from URLs of callers: one plain GET to an address that was checked, no redirect, no cookie, no credential.
/// Bytes stream into the upload and are counted; what headers say about them is not believed.
/// </summary>
public sealed class PictureFetcher(IHttpClientFactory clients, MPilotOptions options, TimeProvider time)
{
    /// <summary>What its clients are named after.</summary>
    internal const string Purpose = "pictures";

    private const int BufferSize = 64 << 10;

    /// <summary>Streams what a URL answers with into an upload.</summary>
    /// <param name="link">As <see cref="PictureLink"/> let it pass.</param>
    /// <param name="upload">Takes the bytes, and judges them; stays the caller's. What it throws passes through.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PictureFetch> FetchAsync(Uri link, PictureUpload upload, CancellationToken cancellationToken)
    {
        using var whole = new CancellationTokenSource(options.Http.FetchTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(whole.Token, cancellationToken);
        try
        {
            using var response = await AskAsync(link, both.Token);
            return IsTheThingItself(response) ? await CopyAsync(response, upload, both.Token) : PictureFetch.Failed;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return PictureFetch.TimedOut;
        }
        catch (HttpRequestException)
        {
            return PictureFetch.Failed;
        }
    }

    private async Task<HttpResponseMessage> AskAsync(Uri link, CancellationToken cancellationToken)
    {
        using var head = new CancellationTokenSource(options.Http.FetchHeaderTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(head.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        request.Headers.TryAddWithoutValidation("Accept", "image/png, image/jpeg, image/webp");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        request.Headers.TryAddWithoutValidation("User-Agent", "MPilot.Jobs");
        return await clients.CreateClient(GuardedClients.NameOf(Purpose, link.Scheme)).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
    }

    private static bool IsTheThingItself(HttpResponseMessage response)
        => response.StatusCode == HttpStatusCode.OK
            && response.Content.Headers.ContentEncoding.All(coding => coding.Equals("identity", StringComparison.OrdinalIgnoreCase));

    private async Task<PictureFetch> CopyAsync(HttpResponseMessage response, PictureUpload upload, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            while (await ReadAsync(body, buffer, cancellationToken) is > 0 and var count)
            {
                if (upload.Length + count > options.Pictures.MaxBytes)
                {
                    return PictureFetch.TooLarge;
                }

                if (!await upload.WriteAsync(buffer.AsMemory(0, count), cancellationToken))
                {
                    break;
                }
            }

            return PictureFetch.Complete;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>A connection that breaks off is the host's failure; the store's are not caught with it.</summary>
    private static async ValueTask<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException broken)
        {
            throw new HttpRequestException("The connection was lost.", broken);
        }
    }
}
