using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Engine.Imaging;

/// <summary>What an inspection found: a usable picture or a reason, a closed value.</summary>
public abstract record PictureFinding
{
    private PictureFinding()
    {
    }

    public sealed record Usable(PictureFacts Facts) : PictureFinding;

    /// <summary>Not usable.</summary>
    /// <param name="Reason">For the caller, a phrase such as <c>is not a png, jpeg or webp picture</c>.</param>
    public sealed record Unusable(string Reason) : PictureFinding;
}
