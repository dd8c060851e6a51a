using System.Text.Json;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Streaming;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Reads the pictures of a JSON body, in all the shapes clients give them.</summary>
internal sealed class JsonPictureReader(SpilledJson json, EditForm form, HttpOptions options)
{
    private const string Url = "url";
    private const string ImageUrl = "image_url";
    private const string FileId = "file_id";
    private const string Type = "type";

    public static readonly string TooMany = $"at most {FormLimits.Images} images are allowed.";

    /// <summary>Takes the pictures of one member: one, or an array.</summary>
    /// <returns>Why the body is not read on, or <c>null</c>.</returns>
    public async Task<ApiError?> ReadAsync(string member, ArtifactRole role, JsonElement value, CancellationToken cancellationToken)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            await TakeAsync(value, role, new(member), cancellationToken);
            return null;
        }

        if (value.GetArrayLength() > FormLimits.Parts)
        {
            return ErrorCatalog.InvalidValue(member, TooMany);
        }

        foreach (var (index, entry) in value.EnumerateArray().Index())
        {
            await TakeAsync(entry, role, new(member, index), cancellationToken);
        }

        return null;
    }

    private async Task TakeAsync(JsonElement value, ArtifactRole role, JsonPlace place, CancellationToken cancellationToken)
    {
        if (IsAbsent(value) && place.Index is null)
        {
            return;
        }

        if (form.Expect(role, place.ToString()) is not { } picture)
        {
            return;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            await TakeObjectAsync(value, picture, place, cancellationToken);
        }
        else
        {
            await TakeTextAsync(value, picture, place, cancellationToken);
        }
    }

    /// <summary>One of <c>url</c>, <c>image_url</c>, <c>file_id</c> and <c>image</c>; what <c>type</c> says follows from which.</summary>
    private async Task TakeObjectAsync(JsonElement value, FormPicture picture, JsonPlace place, CancellationToken cancellationToken)
    {
        var sources = value.EnumerateObject().Where(p => p.Name != Type && !IsAbsent(p.Value)).ToList();
        foreach (var unknown in sources.Where(p => p.Name is not (Url or ImageUrl or FileId or PictureField.Image)).Take(FormLimits.Images))
        {
            var shown = $"{picture.Name}.{EditFields.Shown(unknown.Name)}";
            form.Mistakes.Unsupported(shown, $"{shown} is not known here.");
        }

        if (sources is not [var source])
        {
            form.Mistakes.Invalid(picture.Name, $"{picture.Name} must have exactly one of {Url}, {ImageUrl}, {FileId} and {PictureField.Image}.");
        }
        else if (source.Name == FileId)
        {
            TakeFile(source.Value, picture);
        }
        else
        {
            var text = source.Name == ImageUrl && source.Value.ValueKind == JsonValueKind.Object ? Inner(source.Value, picture) : source.Value;
            await TakeTextAsync(text, picture, place, cancellationToken);
        }
    }

    /// <summary><c>image_url</c> of chat clients: an object with a <c>url</c>.</summary>
    private JsonElement Inner(JsonElement value, FormPicture picture)
    {
        foreach (var unknown in value.EnumerateObject().Where(p => p.Name is not (Url or Type) && !IsAbsent(p.Value)).Take(FormLimits.Images))
        {
            var shown = $"{picture.Name}.{ImageUrl}.{EditFields.Shown(unknown.Name)}";
            form.Mistakes.Unsupported(shown, $"{shown} is not known here.");
        }

        var urls = value.EnumerateObject().Where(p => p.Name == Url).ToList();
        return urls is [var url] ? url.Value : default;
    }

    private void TakeFile(JsonElement value, FormPicture picture)
    {
        if (value.ValueKind == JsonValueKind.String && json.Text(value) is { Length: <= EditFields.MaxFileIdLength } id)
        {
            picture.Reference = new PictureReference.File(id);
        }
        else
        {
            form.Mistakes.Add(ErrorCatalog.InvalidImageFileCode, picture.Name, PictureReferences.NoSuchFile(picture.Name));
        }
    }

    private async Task TakeTextAsync(JsonElement value, FormPicture picture, JsonPlace place, CancellationToken cancellationToken)
    {
        if (value.ValueKind != JsonValueKind.String || IsAbsent(value))
        {
            form.Mistakes.Invalid(picture.Name, $"{picture.Name} must be a text or an object with a picture.");
        }
        else if (json.Text(value) is { } text && PictureText.IsLink(text))
        {
            PictureText.Refer(form, picture, text, options);
        }
        else
        {
            picture.Upload = await json.TakePictureAsync(value, place, cancellationToken);
            PictureText.Judge(form, picture);
        }
    }

    private static bool IsAbsent(JsonElement value)
        => value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.ValueEquals(""u8));
}
