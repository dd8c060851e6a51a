namespace MPilot.Jobs.Api.Edits;

/// <summary>Where a picture is that did not come with its request: a closed value.</summary>
internal abstract record PictureReference
{
    private PictureReference()
    {
    }

    /// <summary>Behind a URL that may be asked for.</summary>
    public sealed record Link(Uri Url) : PictureReference;

    /// <summary>Among the caller's files.</summary>
    public sealed record File(string Id) : PictureReference;
}
