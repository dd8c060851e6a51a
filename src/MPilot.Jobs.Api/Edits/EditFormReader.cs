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
internal sealed class EditFormReader(Pictures pictures, MPilotOptions options)
{
    private const int BufferSize = 64 << 10;
    private const int MaxHeaders = 32;

    /// <summary>Fills the form.</summary>
    /// <returns>Why the body cannot be read on, or <c>null</c>. Mistakes that leave it readable are in the form.</returns>
    public async Task<ApiError?> ReadAsync(EditForm form, HttpRequest request, Caller caller, CancellationToken cancellationToken)
    {
        if (FormBoundary.Find(request.ContentType, out var boundary) is { } refusal)
        {
            return refusal;
        }

        var parts = new MultipartReader(boundary, request.Body, BufferSize) { HeadersLengthLimit = FormLimits.HeaderBytes, HeadersCountLimit = MaxHeaders };
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            return await ReadAsync(form, parts, caller, buffer, cancellationToken);
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

    private async Task<ApiError?> ReadAsync(EditForm form, MultipartReader parts, Caller caller, byte[] buffer, CancellationToken cancellationToken)
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

            if (PictureField.RoleOf(name.Name) is { } role && IsFile(name, part.ContentType))
            {
                if (await TakePictureAsync(form, part, name, role, caller, buffer, cancellationToken) is { } tooLarge)
                {
                    return tooLarge;
                }

                continue;
            }

            var (error, bytes) = await TakeTextAsync(form, part, name, textLeft, cancellationToken);
            textLeft -= bytes;
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    /// <summary>Some clients give files no content type, others no file name: either makes a file.</summary>
    private static bool IsFile(PartName name, string? contentType)
        => name.HasFileName || (!string.IsNullOrEmpty(contentType) && !contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase));

    private async Task<ApiError?> TakePictureAsync(
        EditForm form, MultipartSection part, PartName name, ArtifactRole role, Caller caller, byte[] buffer, CancellationToken cancellationToken)
    {
        var count = await part.Body.ReadAsync(buffer, cancellationToken);
        if ((count == 0 && name.IsUnnamedFile) || !form.Expect(role, FormLimits.Images))
        {
            return null;
        }

        var upload = await pictures.BeginAsync(caller.Tenant, role, cancellationToken);
        form.Add(upload);
        var isUsable = true;
        for (long length = count; count > 0; length += count)
        {
            if (length > options.Pictures.MaxBytes)
            {
                var field = PictureField.NameOf(role);
                return ErrorCatalog.BodyTooLarge(field, $"{field} is larger than {options.Pictures.MaxBytes} bytes.");
            }

            isUsable = isUsable && await upload.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            count = await part.Body.ReadAsync(buffer, cancellationToken);
        }

        return null;
    }

    private static async Task<(ApiError? Error, int Bytes)> TakeTextAsync(
        EditForm form, MultipartSection part, PartName name, int textLeft, CancellationToken cancellationToken)
    {
        var field = EditFields.Root(name.Name);
        if (name.HasFileName && !EditFields.IsKnown(field))
        {
            form.Mistakes.Unsupported(EditFields.Shown(name.Name), "Files are taken as image, image[] and mask only.");
            return (null, 0);
        }

        try
        {
            var (text, bytes) = await PartText.ReadAsync(part.Body, Math.Min(FormLimits.TextBytes, textLeft), cancellationToken);
            if (text is null)
            {
                var limits = $"A text field may have at most {FormLimits.TextBytes} bytes, all together {FormLimits.AllTextBytes}.";
                return (ErrorCatalog.BodyTooLarge(EditFields.Shown(name.Name), limits), bytes);
            }

            TakeText(form, name.Name, text);
            return (null, bytes);
        }
        catch (DecoderFallbackException)
        {
            form.Mistakes.Invalid(EditFields.Shown(name.Name), $"{EditFields.Shown(name.Name)} is not valid UTF-8.");
            return (null, 0);
        }
    }

    private static void TakeText(EditForm form, string name, string text)
    {
        if (PictureField.RoleOf(name) is not { } role)
        {
            form.Add(name, text);
        }
        else if (text.Length > 0)
        {
            // Counted, so that the picture is not called missing besides.
            form.Expect(role, FormLimits.Images);
            form.Mistakes.Unsupported(PictureField.NameOf(role), $"{PictureField.NameOf(role)} must be a file: links and data URLs are not supported.");
        }
    }
}
