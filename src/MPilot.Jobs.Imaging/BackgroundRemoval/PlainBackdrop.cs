using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Refuses to cut where the cut would be a guess: it would take pieces out of the subject.</summary>
internal static class PlainBackdrop
{
    private const string NotPlain = "The background of image is not plain enough for the built-in editor to tell the subject from it; use another model.";

    /// <summary>Above it the backdrop's own colours are as far apart as a subject's.</summary>
    private const double MostNoise = 3.2;

    /// <summary>An outline that runs where nothing changes is none: of a white ball that fills the picture, half would be lost.</summary>
    private const double LeastAtEdges = 0.8;

    /// <exception cref="EditImpossibleException">The backdrop is not plain, or the subject's outline is not seen.</exception>
    public static void Require(Backdrop backdrop, Plane slopes, Mask subject)
    {
        using var edges = Slopes.Edges(slopes, backdrop);
        using var near = edges.Dilated(Slopes.NearEdge);
        int[] all = [.. Enumerable.Range(0, subject.Values.Length).Where(at => subject.Values[at])];
        if (backdrop.Noise > MostNoise || Slopes.EndsAtEdges(all, subject, near) < LeastAtEdges)
        {
            throw NotFound();
        }
    }

    public static EditImpossibleException NotFound() => new(NotPlain);
}
