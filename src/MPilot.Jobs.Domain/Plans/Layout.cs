using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Domain.Plans;

/// <summary>
/// Where the first source is in what is sent and in what is answered, so that both can be laid over each other: a part of the source lies in the
/// answer, the whole answer lies in a window of what is sent. Each is scaled to the area it lies in; equal sizes mean equal pixels.
/// </summary>
/// <param name="Crop">The part of the source that is used; the source as a person sees it.</param>
/// <param name="Answer">The size of the answer.</param>
/// <param name="Place">Where in the answer that part lies. What is around it has to be invented.</param>
/// <param name="Sent">The size of the picture sent, and of the picture expected back.</param>
/// <param name="Window">Where in it the answer lies. What is around it is padding that nobody will see.</param>
public sealed record Layout(PictureArea Crop, PictureSize Answer, PictureArea Place, PictureSize Sent, PictureArea Window)
{
    /// <summary>Whether the answer shows more than the source.</summary>
    public bool Extends => Place != PictureArea.Whole(Answer);
}
