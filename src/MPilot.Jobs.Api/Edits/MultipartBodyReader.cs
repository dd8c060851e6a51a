using System.Buffers;
using System.Text;

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Reads a multipart form once, part by part: text into memory, pictures straight into the store.</summary>
internal sealed class MultipartBodyReader(Pictures pictures, PictureTextReader pictureTexts, MPilotOptions options)
{
    private const int BufferSize = 64 << 10;
    private const int MaxHeaders = 32;

    /// <summary>Fills the form.</summary>
    /// <returns>Why the body cannot be read on, or <c>null</c>. Mistakes that leave it readable are in the form.</returns>
    public async Task<ApiError?> ReadAsync(EditForm form, HttpRequest request, FormShape shape, Caller caller, CancellationToken cancellationToken)
    {
        if (FormBoundary.Find(request.ContentType, out var boundary) is { } refusal)
        {
            return refusal;
        }

        var parts = new MultipartReader(boundary, request.Body, BufferSize) { HeadersLengthLimit = FormLimits.HeaderBytes, HeadersCountLimit = MaxHeaders };
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            return await ReadAsync(new(form, shape, caller, buffer), parts, cancellationToken);
        }
        catch (BodyTooLargeException tooLarge)
        {
            return ErrorCatalog.BodyTooLarge(null, tooLarge.Message);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException && !cancellationToken.IsCancellationRequested)
        {
            return ErrorCatalog.InvalidMultipart("failed to parse multipart form: it is cut short or malformed.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<ApiError?> ReadAsync(Reading reading, MultipartReader parts, CancellationToken cancellationToken)
    {
        var textLeft = FormLimits.AllTextBytes;
        for (var count = 1; await parts.ReadNextSectionAsync(cancellationToken) is { } part; count++)
        {
            if (count > FormLimits.Parts)
            {
                return ErrorCatalog.BodyTooLarge(null, $"A form may have at most {FormLimits.Parts} parts.");
            }

            if (PartName.Read(part) is not { } name)
            {
                return ErrorCatalog.InvalidMultipart("failed to parse multipart form: a part has no name.");
            }

            var (error, bytes) = reading.Shape.RoleOf(name.Name) is { } role
                ? (await TakePictureAsync(reading, part, name, role, cancellationToken), 0)
                : await TakeTextAsync(reading, part, name, textLeft, cancellationToken);
            textLeft -= bytes;
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    private Task<ApiError?> TakePictureAsync(Reading reading, MultipartSection part, PartName name, ArtifactRole role, CancellationToken cancellationToken)
        => IsFile(name, part.ContentType) || !reading.Shape.TakesReferences
            ? TakeFileAsync(reading, part, name, role, cancellationToken)
            : pictureTexts.TakeAsync(reading.Form, part.Body, role, reading.Caller, cancellationToken);

    /// <summary>Some clients give files no content type, others no file name: either makes a file.</summary>
    private static bool IsFile(PartName name, string? contentType)
        => name.HasFileName || (!string.IsNullOrEmpty(contentType) && !contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase));

    private async Task<ApiError?> TakeFileAsync(Reading reading, MultipartSection part, PartName name, ArtifactRole role, CancellationToken cancellationToken)
    {
        var (buffer, field) = (reading.Buffer, reading.Shape.NameOf(role));
        var count = await part.Body.ReadAsync(buffer, cancellationToken);
        if ((count == 0 && name.IsUnnamedFile) || reading.Form.Expect(role, field) is not { } picture)
        {
            return null;
        }

        var upload = picture.Upload = await pictures.BeginAsync(reading.Caller.Tenant, role, cancellationToken);
        var isUsable = true;
        for (long length = count; count > 0; length += count)
        {
            if (length > options.Pictures.MaxBytes)
            {
                return ErrorCatalog.PictureTooLarge(field, options.Pictures.MaxBytes);
            }

            isUsable = isUsable && await upload.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            count = await part.Body.ReadAsync(buffer, cancellationToken);
        }

        return null;
    }

    private static async Task<(ApiError? Error, int Bytes)> TakeTextAsync(
        Reading reading, MultipartSection part, PartName name, int textLeft, CancellationToken cancellationToken)
    {
        var (form, shown) = (reading.Form, EditFields.Shown(name.Name));
        if (name.HasFileName && !reading.Shape.IsText(name.Name))
        {
            form.Mistakes.Unsupported(shown, $"Files are taken as {reading.Shape.Files} only.");
            return (null, 0);
        }

        try
        {
            var (text, bytes) = await PartText.ReadAsync(part.Body, Math.Min(FormLimits.TextBytes, textLeft), cancellationToken);
            if (text is null)
            {
                return (ErrorCatalog.TextTooLarge(shown), bytes);
            }

            form.Add(name.Name, text);
            return (null, bytes);
        }
        catch (DecoderFallbackException)
        {
            form.Mistakes.Invalid(shown, $"{shown} is not valid UTF-8.");
            return (null, 0);
        }
    }

    /// <summary>What one reading works with.</summary>
    private sealed record Reading(EditForm Form, FormShape Shape, Caller Caller, byte[] Buffer);
}
