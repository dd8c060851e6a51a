using System.Buffers;
using System.Text;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Streaming;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Reads a text part that stands for a picture: a URL, a data URL or base64, the last two as they stream by.</summary>
internal sealed class PictureTextReader(Pictures pictures, MPilotOptions options)
{
    private const int BufferSize = 64 << 10;

    /// <summary>Takes the part.</summary>
    /// <returns>Why the body cannot be read on, or <c>null</c>.</returns>
    public async Task<ApiError?> TakeAsync(EditForm form, Stream part, ArtifactRole role, Caller caller, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var count = await part.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            if (count == 0 || form.Expect(role, PictureField.NameOf(role)) is not { } picture)
            {
                return null;
            }

            // What is longer is no URL that would be taken.
            var text = count < buffer.Length ? Encoding.UTF8.GetString(buffer, 0, count) : "";
            if (PictureText.IsLink(text))
            {
                PictureText.Refer(form, picture, text, options.Http);
                return null;
            }

            var upload = new Base64Upload(await pictures.BeginAsync(caller.Tenant, role, cancellationToken), options.Pictures.MaxBytes);
            await using (upload)
            {
                await CopyAsync(part, buffer, count, upload, cancellationToken);
                picture.Upload = upload.IsTooLarge ? null : await upload.TakeAsync(cancellationToken);
            }

            return upload.IsTooLarge ? ErrorCatalog.PictureTooLarge(picture.Name, options.Pictures.MaxBytes) : PictureText.Judge(form, picture);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task CopyAsync(Stream part, byte[] buffer, int count, Base64Upload upload, CancellationToken cancellationToken)
    {
        while (count > 0 && !upload.IsTooLarge)
        {
            await upload.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            count = await part.ReadAsync(buffer, cancellationToken);
        }
    }
}
