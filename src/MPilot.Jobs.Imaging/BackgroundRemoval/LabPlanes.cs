namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>An L*a*b* colour for every pixel of the working copy.</summary>
internal sealed class LabPlanes(int width, int height) : IDisposable
{
    private readonly Plane[] _planes = [new(width, height), new(width, height), new(width, height)];

    public int Width => width;

    public int Height => height;

    /// <summary>L*, a* or b*.</summary>
    public Plane this[int channel] => _planes[channel];

    /// <summary>Takes one pixel over from other planes.</summary>
    public void Take(LabPlanes other, (int X, int Y) from, (int X, int Y) to)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            _planes[channel].Row(to.Y)[to.X] = other[channel].Row(from.Y)[from.X];
        }
    }

    public void Dispose()
    {
        foreach (var plane in _planes)
        {
            plane.Dispose();
        }
    }
}
