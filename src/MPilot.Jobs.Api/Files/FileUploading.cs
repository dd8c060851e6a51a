using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Files;

namespace MPilot.Jobs.Api.Files;

/// <summary><c>POST /v1/files</c>: takes one picture, for edits to refer to.</summary>
internal sealed class FileUploading(
    MultipartBodyReader reader, Pictures pictures, IFileStore files, RetentionOptions retention, Ids ids, TimeProvider time)
{
    /// <summary>The part with the picture.</summary>
    public const string FileField = "file";

    private static readonly FormShape Shape = new(
        name => name == FileField ? ArtifactRole.Source : null, _ => FileField, name => name == FilePurpose.Field, FileField, TakesReferences: false);

    public async Task<IResult> UploadAsync(HttpContext http)
    {
        var caller = Caller.Of(http);
        await using var form = new EditForm();
        if (await reader.ReadAsync(form, http.Request, Shape, caller, http.RequestAborted) is { } unreadable)
        {
            return new ErrorResult(unreadable);
        }

        var purpose = Purpose(form);
        CheckFile(form);
        if (form.Mistakes.Any)
        {
            return new ErrorResult(ErrorCatalog.Invalid(form.Mistakes));
        }

        // The bytes become durable first, then the file that keeps them.
        var picture = (await pictures.CommitAsync(form.Uploads, CancellationToken.None))[0];
        var now = time.GetUtcNow();
        var file = new StoredFile(ids.NewFile(), caller.Tenant, picture, purpose!, now, now + retention.Files);
        await files.AddAsync(file, CancellationToken.None);
        return Results.Json(FileBody.Of(file), ApiJson.Wire.FileBody);
    }

    private static string? Purpose(EditForm form)
    {
        var purpose = new FieldReader(form.Fields, form.Mistakes).Text(FilePurpose.Field);
        if (purpose is null)
        {
            form.Mistakes.Missing(FilePurpose.Field, "purpose is required");
        }
        else
        {
            FilePurpose.Check(purpose, form.Mistakes);
        }

        foreach (var name in form.Fields.Select(f => f.Name).Where(n => n != FilePurpose.Field).Distinct(StringComparer.Ordinal))
        {
            form.Mistakes.Unsupported(EditFields.Shown(name), $"{EditFields.Shown(name)} is not supported.");
        }

        return purpose;
    }

    private static void CheckFile(EditForm form)
    {
        if (form.ImageCount == 0)
        {
            form.Mistakes.Missing(FileField, "file is required");
        }
        else if (form.ImageCount > 1)
        {
            form.Mistakes.Invalid(FileField, "file is given more than once.");
        }
        else
        {
            PictureRules.Images(form, form.Mistakes);
        }
    }
}
