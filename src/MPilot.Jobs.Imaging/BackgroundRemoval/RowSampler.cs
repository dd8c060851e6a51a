namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Reads planes of the working copy along one row of the full picture, between their pixels.</summary>
internal sealed class RowSampler : IDisposable
{
    private readonly Plane[] _planes;
    private readonly Plane _rows;
    private readonly float _scaleX;
    private readonly float _scaleY;

    public RowSampler(Plane[] planes, int width, int height)
    {
        _planes = planes;
        _rows = new(planes[0].Width, planes.Length);
        _scaleX = (float)planes[0].Width / width;
        _scaleY = (float)planes[0].Height / height;
    }

    /// <summary>Goes to a row of the full picture.</summary>
    public void GoTo(int y)
    {
        var (from, part) = Place(y, _scaleY, _planes[0].Height);
        for (var i = 0; i < _planes.Length; i++)
        {
            var above = _planes[i].Row(from);
            var below = _planes[i].Row(Math.Min(from + 1, _planes[i].Height - 1));
            var row = _rows.Row(i);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = above[x] + (part * (below[x] - above[x]));
            }
        }
    }

    /// <summary>Where a column of the full picture lies.</summary>
    public (int From, float Part) Column(int x) => Place(x, _scaleX, _rows.Width);

    public float At(int plane, (int From, float Part) column)
    {
        var row = _rows.Row(plane);
        var left = row[column.From];
        return left + (column.Part * (row[Math.Min(column.From + 1, row.Length - 1)] - left));
    }

    public void Dispose() => _rows.Dispose();

    private static (int From, float Part) Place(int at, float scale, int length)
    {
        var place = Math.Clamp(((at + 0.5f) * scale) - 0.5f, 0, length - 1);
        var from = (int)place;
        return (from, place - from);
    }
}
