using System.Globalization;

using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Api.Artifacts;

/// <summary>Serves results and previews by signed, expiring link. Sources and masks are never served.</summary>
internal sealed class ArtifactServing(ArtifactLinks links, IArtifactLedger ledger, Pictures pictures, TimeProvider time)
{
    public async Task<IResult> ServeAsync(HttpContext http, string id)
    {
        // 1. The link must be ours, whenever it was made; only then does its age tell anything.
        if (!TryReadExpiry(http.Request, out var expiry) || !IsSigned(http.Request, id, expiry))
        {
            return new ErrorResult(ErrorCatalog.InvalidSignature());
        }

        var left = expiry - time.GetUtcNow().ToUnixTimeSeconds();
        if (left <= 0)
        {
            return Gone();
        }

        // 2. The picture must still be there.
        var life = await ledger.FindAsync(id, http.RequestAborted);
        if (life?.Record.Artifact is not { Role: ArtifactRole.Result or ArtifactRole.Preview } artifact)
        {
            return Gone();
        }

        try
        {
            var bytes = await pictures.OpenAsync(artifact, http.RequestAborted);
            SetHeaders(http, artifact, left);
            var tag = new EntityTagHeaderValue($"\"{artifact.Sha256}\"");
            return Results.Stream(bytes, artifact.ContentType, entityTag: tag, enableRangeProcessing: true);
        }
        catch (ArtifactGoneException)
        {
            return Gone();
        }
    }

    private static ErrorResult Gone() => new(ErrorCatalog.ResultExpired("The picture has expired."));

    private bool IsSigned(HttpRequest request, string id, long expiry)
        => links.Verify(id, expiry, request.Query["kid"].ToString(), request.Query["sig"].ToString(), DateTimeOffset.UnixEpoch);

    private static bool TryReadExpiry(HttpRequest request, out long expiry)
        => long.TryParse(request.Query["exp"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out expiry);

    private static void SetHeaders(HttpContext http, ArtifactRef artifact, long secondsLeft)
    {
        var index = int.TryParse(http.Request.Query["index"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var slot) ? slot : 0;
        PictureHeaders.Set(http.Response, PictureNames.Of(index, artifact), string.Create(CultureInfo.InvariantCulture, $"private, max-age={secondsLeft}, immutable"));
    }
}
