namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>A smooth surface for each of three channels over the unit square -1..1: a sum of products of Legendre polynomials up to a total degree.</summary>
internal sealed class Surface(int degree, double[] coefficients)
{
    /// <summary>The highest degree used anywhere.</summary>
    public const int MaxDegree = 5;

    public static int Terms(int degree) => (degree + 1) * (degree + 2) / 2;

    /// <summary>The terms at a point, in the order of the coefficients.</summary>
    public static void Basis(int degree, (double X, double Y) at, Span<double> terms)
    {
        Span<double> px = stackalloc double[MaxDegree + 1];
        Span<double> py = stackalloc double[MaxDegree + 1];
        Legendre(at.X, px);
        Legendre(at.Y, py);
        var term = 0;
        for (var total = 0; total <= degree; total++)
        {
            for (var i = 0; i <= total; i++)
            {
                terms[term++] = px[i] * py[total - i];
            }
        }
    }

    /// <summary>The three channels at a point.</summary>
    public (double L, double A, double B) At(double x, double y)
    {
        var count = Terms(degree);
        Span<double> terms = stackalloc double[Terms(MaxDegree)];
        Basis(degree, (x, y), terms);
        var (l, a, b) = (0.0, 0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            l += terms[i] * coefficients[i];
            a += terms[i] * coefficients[count + i];
            b += terms[i] * coefficients[(2 * count) + i];
        }

        return (l, a, b);
    }

    /// <summary>One channel (0..2) along a row of the working copy.</summary>
    public void Row(int channel, double y, Span<float> values)
    {
        Span<double> py = stackalloc double[MaxDegree + 1];
        Span<float> along = stackalloc float[MaxDegree + 1];
        Legendre(y, py);
        along.Clear();
        var term = channel * Terms(degree);
        for (var total = 0; total <= degree; total++)
        {
            for (var i = 0; i <= total; i++)
            {
                along[i] += (float)(coefficients[term++] * py[total - i]);
            }
        }

        for (var x = 0; x < values.Length; x++)
        {
            values[x] = Series(along, (float)BackdropSample.Unit(x, values.Length));
        }
    }

    private static float Series(ReadOnlySpan<float> along, float x)
    {
        var (before, now) = (1f, x);
        var sum = along[0] + (along[1] * x);
        for (var n = 1; n < MaxDegree; n++)
        {
            (before, now) = (now, ((((2 * n) + 1) * x * now) - (n * before)) / (n + 1));
            sum += along[n + 1] * now;
        }

        return sum;
    }

    private static void Legendre(double at, Span<double> values)
    {
        values[0] = 1;
        values[1] = at;
        for (var n = 1; n < values.Length - 1; n++)
        {
            values[n + 1] = ((((2 * n) + 1) * at * values[n]) - (n * values[n - 1])) / (n + 1);
        }
    }
}
