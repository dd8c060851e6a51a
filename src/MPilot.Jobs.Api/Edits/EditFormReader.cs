using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Security;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Reads an edit's body once, in the encoding its content type names, and fetches what it refers to. What follows sees one form.</summary>
internal sealed class EditFormReader(MultipartBodyReader multipart, JsonBodyReader json, PictureReferences references)
{
    private const string Utf8 = "utf-8";

    /// <summary>Fills the form.</summary>
    /// <returns>Why the body cannot be read on, or <c>null</c>. Mistakes that leave it readable are in the form.</returns>
    public async Task<ApiError?> ReadAsync(EditForm form, HttpRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var unreadable = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && IsJson(type)
            ? await ReadJsonAsync(form, request, type, caller, cancellationToken)
            : await multipart.ReadAsync(form, request, FormShape.Edit, caller, cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        Deployment.Decide(form, request);
        await references.FetchAsync(form, caller, cancellationToken);
        return null;
    }

    private Task<ApiError?> ReadJsonAsync(EditForm form, HttpRequest request, MediaTypeHeaderValue type, Caller caller, CancellationToken cancellationToken)
    {
        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        return charset.Length == 0 || charset.Equals(Utf8, StringComparison.OrdinalIgnoreCase)
            ? json.ReadAsync(form, request.Body, caller, cancellationToken)
            : Task.FromResult<ApiError?>(ErrorCatalog.UnsupportedCharset());
    }

    private static bool IsJson(MediaTypeHeaderValue type)
        => type.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
            && (type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));
}
