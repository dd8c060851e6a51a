using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Streaming;
using MPilot.Jobs.Providers.Failures;

namespace MPilot.Jobs.Providers.Downloads;

/// <summary>Fetches result pictures that an answer gives as links.</summary>
/// <param name="client">Reaches allowed hosts only.</param>
/// <param name="keyServer">The key goes along to this server and to no other; <c>null</c>: to none.</param>
internal sealed class PictureDownload(HttpClient client, Uri? keyServer = null)
{
    private const int BufferLength = 64 << 10;

    /// <summary>The picture, if it can be had.</summary>
    public async Task<DownloadedPicture> GetAsync(Uri uri, string secret, IDriverIo io, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        if (secret.Length > 0 && TakesKey(uri))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        }

        using var response = await SendAsync(request, cancellationToken);
        if (response is not { StatusCode: HttpStatusCode.OK })
        {
            return new(null, IsOut: true);
        }

        return new(await TakeAsync(response.Content, io, cancellationToken), IsOut: false);
    }

    private static async Task<PictureUpload?> TakeAsync(HttpContent content, IDriverIo io, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > JsonSpill.MaxPicture)
        {
            return null;
        }

        var upload = await io.BeginPictureAsync(cancellationToken);
        var complete = false;
        try
        {
            complete = await CopyAsync(content, upload, cancellationToken);
            return complete ? upload : null;
        }
        finally
        {
            if (!complete)
            {
                await upload.DisposeAsync();
            }
        }
    }

    private bool TakesKey(Uri uri)
        => keyServer is not null && Uri.Compare(uri, keyServer, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private async Task<HttpResponseMessage?> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception e) when (ConnectionFailure.Is(e, cancellationToken))
        {
            return null;
        }
    }

    private static async Task<bool> CopyAsync(HttpContent content, PictureUpload upload, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            await using var body = await content.ReadAsStreamAsync(cancellationToken);
            while (await ReadAsync(body, buffer, cancellationToken) is { } read && upload.Length + read <= JsonSpill.MaxPicture)
            {
                if (read == 0)
                {
                    return true;
                }

                if (!await upload.WriteAsync(buffer.AsMemory(0, read), cancellationToken))
                {
                    return false;
                }
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The number of bytes read, 0 at the end, <c>null</c> if the connection is lost.</summary>
    private static async ValueTask<int?> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return null;
        }
    }
}
