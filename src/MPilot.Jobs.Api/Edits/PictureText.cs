using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Net;

namespace MPilot.Jobs.Api.Edits;

/// <summary>The rules for texts that stand for pictures, whichever encoding they come in.</summary>
internal static class PictureText
{
    /// <summary>Whether a text is meant as a URL to fetch. Base64 has no colon.</summary>
    public static bool IsLink(string text)
        => text.Contains(':', StringComparison.Ordinal) && !text.AsSpan().TrimStart().StartsWith("data:", StringComparison.Ordinal);

    /// <summary>Notes the URL on the picture, if it may be fetched.</summary>
    public static void Refer(EditForm form, FormPicture picture, string text, HttpOptions options)
    {
        if (!options.FetchPictures)
        {
            form.Mistakes.Unsupported(picture.Name, $"{PictureField.Subject(picture.Name)} is a URL, and this service fetches none: send the picture itself.");
        }
        else if (PictureLink.Refusal(text.Trim(), options, out var link) is { } refusal)
        {
            form.Mistakes.Add(ErrorCatalog.InvalidImageFileCode, picture.Name, $"The URL of {picture.Name} {refusal}.");
        }
        else
        {
            picture.Reference = new PictureReference.Link(link!);
        }
    }

    /// <summary>Tells of a picture whose text turned out to be none of what it may be. Always <c>null</c>: the body can be read on.</summary>
    public static ApiError? Judge(EditForm form, FormPicture picture)
    {
        if (picture.Upload is null)
        {
            var message = $"{PictureField.Subject(picture.Name)} must be an https URL, a data URL or base64.";
            form.Mistakes.Add(ErrorCatalog.InvalidImageFileCode, picture.Name, message);
        }

        return null;
    }
}
