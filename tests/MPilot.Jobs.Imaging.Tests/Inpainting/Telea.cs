namespace MPilot.Jobs.Imaging.Tests.Inpainting;

/// <summary>Inpainting by fast marching after Alexandru Telea (2004), the usual baseline: from the rim inwards every pixel becomes a weighted mean of the
/// known ones near it, with their gradients, as the common implementation has it.</summary>
internal sealed class Telea
{
    private const int Range = 5;
    private const float Far = 1e6f;

    private readonly Pixels _picture;
    private readonly int _width;
    private readonly int _height;
    private readonly bool[] _unknown;
    private readonly float[] _time;

    private Telea(Pixels picture, bool[] hole)
    {
        _picture = picture;
        (_width, _height) = (picture.Width, picture.Height);
        _unknown = [.. hole];
        _time = new float[hole.Length];
    }

    public static Pixels Fill(Pixels picture, bool[] hole)
    {
        var filled = new Pixels(picture.Width, picture.Height);
        picture.Bytes.CopyTo(filled.Bytes, 0);
        new Telea(filled, hole).Run(hole);
        return filled;
    }

    private void Run(bool[] hole)
    {
        Array.Fill(_time, Far);
        var band = Enumerable.Range(0, hole.Length).Where(i => !hole[i] && Neighbours(i).Any(n => hole[n])).ToList();
        band.ForEach(i => _time[i] = 0);
        Outside(hole, band);
        March(band, _unknown, Estimate);
    }

    /// <summary>Times of the known pixels near the hole: the further, the lower.</summary>
    private void Outside(bool[] hole, List<int> band)
    {
        var open = new bool[hole.Length];
        for (var i = 0; i < hole.Length; i++)
        {
            open[i] = !hole[i] && _time[i] > 0 && NearHole(hole, i % _width, i / _width);
        }

        var reached = March(band, open, _ => { });
        reached.ForEach(i => _time[i] = -_time[i]);
    }

    private bool NearHole(bool[] hole, int x, int y)
    {
        for (var row = Math.Max(0, y - Range); row <= Math.Min(_height - 1, y + Range); row++)
        {
            if (hole.AsSpan((row * _width) + Math.Max(0, x - Range), Math.Min(_width - 1, x + Range) - Math.Max(0, x - Range) + 1).Contains(value: true))
            {
                return true;
            }
        }

        return false;
    }

    private List<int> March(List<int> band, bool[] open, Action<int> reach)
    {
        var queue = new PriorityQueue<int, (float, int)>();
        var order = 0;
        band.ForEach(i => queue.Enqueue(i, (0, order++)));
        List<int> reached = [];
        while (queue.TryDequeue(out var at, out _))
        {
            foreach (var next in Neighbours(at).Where(n => open[n]).ToList())
            {
                _time[next] = Arrival(open, next % _width, next / _width);
                reach(next);
                open[next] = false;
                reached.Add(next);
                queue.Enqueue(next, (_time[next], order++));
            }
        }

        return reached;
    }

    private float Arrival(bool[] open, int x, int y)
    {
        float Solve(int across, int down)
        {
            var (one, other) = (TimeAt(across, y), TimeAt(x, down));
            var (oneKnown, otherKnown) = (Inside(across, y) && !open[(y * _width) + across], Inside(x, down) && !open[(down * _width) + x]);
            return (oneKnown, otherKnown) switch
            {
                (true, true) when Math.Abs(one - other) >= 1 => 1 + Math.Min(one, other),
                (true, true) => (one + other + MathF.Sqrt(2 - ((one - other) * (one - other)))) / 2,
                (true, false) => 1 + one,
                (false, true) => 1 + other,
                _ => 1 + Math.Min(one, other),
            };
        }

        return Math.Min(Math.Min(Solve(x - 1, y - 1), Solve(x - 1, y + 1)), Math.Min(Solve(x + 1, y - 1), Solve(x + 1, y + 1)));
    }

    private void Estimate(int at)
    {
        var (x, y) = (at % _width, at / _width);
        var slope = (X: Slope(x, y, 1, 0), Y: Slope(x, y, 0, 1));
        Span<float> sum = stackalloc float[3];
        Span<float> alongX = stackalloc float[3];
        Span<float> alongY = stackalloc float[3];
        var all = 1e-20f;
        for (var row = Math.Max(0, y - Range); row <= Math.Min(_height - 1, y + Range); row++)
        {
            for (var column = Math.Max(0, x - Range); column <= Math.Min(_width - 1, x + Range); column++)
            {
                var (dx, dy) = (x - column, y - row);
                var length = (dx * dx) + (dy * dy);
                if (length > Range * Range || _unknown[(row * _width) + column])
                {
                    continue;
                }

                var direction = (dx * slope.X) + (dy * slope.Y);
                direction = Math.Abs(direction) <= 0.01f ? 1e-6f : direction;
                var level = 1 / (1 + Math.Abs(_time[(row * _width) + column] - _time[at]));
                var weight = Math.Abs(direction * level / (length * MathF.Sqrt(length)));
                all += weight;
                for (var channel = 0; channel < 3; channel++)
                {
                    sum[channel] += weight * _picture[column, row][channel];
                    alongX[channel] -= weight * dx * Gradient(column, row, 1, 0, channel);
                    alongY[channel] -= weight * dy * Gradient(column, row, 0, 1, channel);
                }
            }
        }

        for (var channel = 0; channel < 3; channel++)
        {
            var along = alongX[channel] + alongY[channel];
            var length = MathF.Sqrt((alongX[channel] * alongX[channel]) + (alongY[channel] * alongY[channel])) + 1e-20f;
            _picture[x, y][channel] = (byte)Math.Clamp(MathF.Round((sum[channel] / all) + (along / length) + 0.5f), 0, 255);
        }
    }

    private float Slope(int x, int y, int dx, int dy)
    {
        var (before, after) = (Known(x - dx, y - dy), Known(x + dx, y + dy));
        return (before, after) switch
        {
            (true, true) => (TimeAt(x + dx, y + dy) - TimeAt(x - dx, y - dy)) / 2,
            (false, true) => TimeAt(x + dx, y + dy) - TimeAt(x, y),
            (true, false) => TimeAt(x, y) - TimeAt(x - dx, y - dy),
            _ => 0,
        };
    }

    private float Gradient(int x, int y, int dx, int dy, int channel)
    {
        var (before, after) = (Known(x - dx, y - dy), Known(x + dx, y + dy));
        return (before, after) switch
        {
            (true, true) => (_picture[x + dx, y + dy][channel] - _picture[x - dx, y - dy][channel]) * 2f,
            (false, true) => _picture[x + dx, y + dy][channel] - _picture[x, y][channel],
            (true, false) => _picture[x, y][channel] - _picture[x - dx, y - dy][channel],
            _ => 0,
        };
    }

    private bool Known(int x, int y) => Inside(x, y) && !_unknown[(y * _width) + x];

    private float TimeAt(int x, int y) => Inside(x, y) ? _time[(y * _width) + x] : Far;

    private bool Inside(int x, int y) => x >= 0 && y >= 0 && x < _width && y < _height;

    private IEnumerable<int> Neighbours(int at)
    {
        var (x, y) = (at % _width, at / _width);
        if (y > 0)
        {
            yield return at - _width;
        }

        if (x > 0)
        {
            yield return at - 1;
        }

        if (y < _height - 1)
        {
            yield return at + _width;
        }

        if (x < _width - 1)
        {
            yield return at + 1;
        }
    }
}
