using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Engine.Emulation;

/// <summary>An edit as it goes to a provider, and the pictures that were drawn for it alone: they go when it is disposed.</summary>
/// <param name="sent">Refers to drawn pictures as to any others.</param>
/// <param name="drawn">Fully written, never committed.</param>
internal sealed class PreparedEdit(EditSpec sent, IReadOnlyList<PictureUpload> drawn) : IAsyncDisposable
{
    public EditSpec Sent => sent;

    /// <summary>The picture drawn under that name, or <c>null</c>.</summary>
    public PictureUpload? Find(string id) => drawn.FirstOrDefault(u => u.Id == id);

    public async ValueTask DisposeAsync()
    {
        foreach (var upload in drawn)
        {
            await upload.DisposeAsync();
        }
    }
}
