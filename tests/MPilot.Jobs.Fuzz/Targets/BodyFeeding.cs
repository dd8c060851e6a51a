using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Configuration;
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
            said = error is null ? Say(form) : $"{error.Code} {error.Param} {error.Message}";
        }

        BrokenInvariantException.Unless(artifacts.OpenWriters == 0 && artifacts.Bytes.Count == 0, "something is left in the store");
        return said;
    }

    private static string Say(EditForm form)
        => string.Join('\n', [
            .. form.Fields.Select(f => $"{f.Name}={f.Value}"), .. form.Pictures.Select(p => $"{p.Name} {p.Reference} {p.Upload?.Length} {p.Upload?.Sha256} {p.Upload?.Finding}"),
            .. form.Mistakes.All.Select(m => $"{m.Code} {m.Param} {m.Message}"), $"{form.ImageCount} {form.MaskCount}",
        ]);
}
