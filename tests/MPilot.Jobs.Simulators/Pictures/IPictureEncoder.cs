namespace MPilot.Jobs.Simulators.Pictures;

/// <summary>Writes the motif in one format, as a template and a label's own pieces before and after it.</summary>
internal interface IPictureEncoder
{
    PictureTemplate Prepare(PictureSpec spec);

    RenderedPicture Complete(PictureTemplate template, string label);
}
