using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Api.Edits;

/// <summary>
/// A request's body as it was read, in whichever encoding: text fields in order, pictures on their way into the store.
/// Disposing it leaves none behind that was not committed.
/// </summary>
internal sealed class EditForm : IAsyncDisposable
{
    private readonly List<FormField> _fields = [];
    private readonly List<FormPicture> _images = [];

    /// <summary>Text fields in the order they came; empty values count as absent and are not here.</summary>
    public IReadOnlyList<FormField> Fields => _fields;

    /// <summary>The images kept, in order.</summary>
    public IReadOnlyList<FormPicture> Images => _images;

    /// <summary>The first mask.</summary>
    public FormPicture? Mask { get; private set; }

    /// <summary>How many images came, kept or not.</summary>
    public int ImageCount { get; private set; }

    /// <summary>How many masks came, kept or not.</summary>
    public int MaskCount { get; private set; }

    /// <summary>Mistakes found while reading.</summary>
    public Mistakes Mistakes { get; } = new();

    /// <summary>What was understood while reading but does not count.</summary>
    public List<PlanWarning> Warnings { get; } = [];

    /// <summary>Images and mask.</summary>
    public IEnumerable<FormPicture> Pictures => Mask is null ? _images : _images.Append(Mask);

    /// <summary>What of images and mask came with the request, for the commit.</summary>
    public IReadOnlyList<PictureUpload> Uploads => [.. Pictures.Select(p => p.Upload).OfType<PictureUpload>()];

    public void Add(string name, string value)
    {
        if (value.Length > 0)
        {
            _fields.Add(new(name, value));
        }
    }

    /// <summary>Gives a field one value, whatever it had.</summary>
    public void Set(string name, string value)
    {
        _fields.RemoveAll(f => f.Name == name);
        Add(name, value);
    }

    /// <summary>Counts a picture, and gives it its place if it is wanted; <c>null</c> if it is one too many.</summary>
    public FormPicture? Expect(ArtifactRole role, string name)
    {
        var picture = new FormPicture(role, name);
        if (role == ArtifactRole.Mask)
        {
            Mask ??= picture;
            return ++MaskCount == 1 ? picture : null;
        }

        if (++ImageCount > FormLimits.Images)
        {
            return null;
        }

        _images.Add(picture);
        return picture;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var upload in Uploads)
        {
            await upload.DisposeAsync();
        }
    }
}
