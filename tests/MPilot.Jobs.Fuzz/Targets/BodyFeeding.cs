using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Probe;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Fuzz.Targets;

/// <summary>Reads a body into a form, and says in words what came of it, for comparing.</summary>
internal static class BodyFeeding
{
    /// <param name="read">Reads into the form; answers why it was not read on.</param>
    public static async Task<string> FeedAsync(Func<Pictures, EditForm, Task<ApiError?>> read)
    {
        var time = new ManualTime();
        var artifacts = new MemoryArtifacts(time);
        var pictures = new Pictures(artifacts, new MemoryStore(), new PictureProbe(), new RetentionOptions(), new Ids(time), time);
        string said;
        await using (var form = new EditForm())
        {
            var error = await read(pictures, form);
            said = error is null ? Say(form) : $"{error.Code} {error.Param}";
        }

        BrokenInvariantException.Unless(artifacts.OpenWriters == 0 && artifacts.Bytes.Count == 0, "something is left in the store");
        return said;
    }

    /// <summary>How much of a picture is read before it is known to be none, and what is then wrong with it, is left open.</summary>
    private static string Say(EditForm form)
        => string.Join('\n', [
            .. form.Fields.Select(f => $"{f.Name}={f.Value}"), .. form.Pictures.Select(p => $"{p.Name} {p.Reference} {Say(p.Upload)}"),
            .. form.Mistakes.All.Where(m => m.Code != ErrorCatalog.InvalidImageFileCode).Select(m => $"{m.Code} {m.Param} {m.Message}"),
            $"{form.ImageCount} {form.MaskCount}",
        ]);

    private static string Say(PictureUpload? upload)
        => upload?.Finding is PictureFinding.Usable ? $"{upload.Length} {upload.Sha256} {upload.Finding}" : "no picture";
}
