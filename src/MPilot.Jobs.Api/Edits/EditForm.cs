using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Api.Edits;

/// <summary>
/// A form as it was read: text fields in order, pictures on their way into the store.
/// Disposing it leaves none behind that was not committed.
/// </summary>
internal sealed class EditForm : IAsyncDisposable
{
    private readonly List<FormField> _fields = [];
    private readonly List<PictureUpload> _images = [];

    /// <summary>Text fields in the order they came; empty values count as absent and are not here.</summary>
    public IReadOnlyList<FormField> Fields => _fields;

    /// <summary>The images kept, in order.</summary>
    public IReadOnlyList<PictureUpload> Images => _images;

    /// <summary>The first mask.</summary>
    public PictureUpload? Mask { get; private set; }

    /// <summary>How many images came, kept or not.</summary>
    public int ImageCount { get; private set; }

    /// <summary>How many masks came, kept or not.</summary>
    public int MaskCount { get; private set; }

    /// <summary>Mistakes found while reading.</summary>
    public Mistakes Mistakes { get; } = new();

    /// <summary>Images and mask, for the commit.</summary>
    public IReadOnlyList<PictureUpload> Uploads => Mask is null ? _images : [.. _images, Mask];

    public void Add(string name, string value)
    {
        if (value.Length > 0)
        {
            _fields.Add(new(name, value));
        }
    }

    /// <summary>Takes a picture over.</summary>
    public void Add(PictureUpload upload)
    {
        if (upload.Role == ArtifactRole.Mask)
        {
            Mask = upload;
        }
        else
        {
            _images.Add(upload);
        }
    }

    /// <summary>Counts a picture, and says whether it is wanted.</summary>
    public bool Expect(ArtifactRole role, int maxImages)
        => role == ArtifactRole.Mask ? ++MaskCount == 1 : ++ImageCount <= maxImages;

    public async ValueTask DisposeAsync()
    {
        foreach (var upload in Uploads)
        {
            await upload.DisposeAsync();
        }
    }
}
