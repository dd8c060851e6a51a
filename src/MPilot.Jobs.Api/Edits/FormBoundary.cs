using Microsoft.Net.Http.Headers;

using MPilot.Jobs.Api.Errors;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Finds the boundary in a request's content type.</summary>
internal static class FormBoundary
{
    /// <summary>Why the content type cannot be read as a form, or <c>null</c>.</summary>
    public static ApiError? Find(string? contentType, out string boundary)
    {
        boundary = "";
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type))
        {
            return ErrorCatalog.UnsupportedMediaType();
        }

        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return ErrorCatalog.UnsupportedMediaType();
        }

        boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= FormLimits.Boundary
            ? null
            : ErrorCatalog.InvalidMultipart($"failed to parse multipart form: the boundary must have 1 to {FormLimits.Boundary} characters.");
    }
}
