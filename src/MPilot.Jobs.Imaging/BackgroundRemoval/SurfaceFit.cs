namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Fits a surface to weighted samples by least squares. Higher degrees are damped, so that they stay calm where there are no samples.</summary>
internal static class SurfaceFit
{
    private const double Damping = 1e-4;

    /// <summary>The best surface, or <c>null</c> when the samples do not determine one.</summary>
    public static Surface? Fit(int degree, ReadOnlySpan<BackdropSample> samples)
    {
        var count = Surface.Terms(degree);
        var matrix = new double[count, count];
        var right = new double[3, count];
        var weight = Accumulate(degree, samples, matrix, right);
        for (var i = 0; i < count; i++)
        {
            matrix[i, i] += i < 3 ? 1e-9 : Damping * weight;
        }

        return Factor(matrix) ? new Surface(degree, Solve(matrix, right)) : null;
    }

    private static double Accumulate(int degree, ReadOnlySpan<BackdropSample> samples, double[,] matrix, double[,] right)
    {
        var count = Surface.Terms(degree);
        Span<double> terms = stackalloc double[Surface.Terms(Surface.MaxDegree)];
        var weight = 0.0;
        foreach (ref readonly var sample in samples)
        {
            if (sample.Weight <= 0)
            {
                continue;
            }

            Surface.Basis(degree, (sample.X, sample.Y), terms);
            weight += sample.Weight;
            for (var i = 0; i < count; i++)
            {
                var weighted = sample.Weight * terms[i];
                right[0, i] += weighted * sample.L;
                right[1, i] += weighted * sample.A;
                right[2, i] += weighted * sample.B;
                for (var j = 0; j <= i; j++)
                {
                    matrix[i, j] += weighted * terms[j];
                }
            }
        }

        return weight;
    }

    /// <summary>Cholesky, in place in the lower triangle.</summary>
    private static bool Factor(double[,] matrix)
    {
        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                {
                    sum -= matrix[i, k] * matrix[j, k];
                }

                if (i == j && sum <= 1e-10)
                {
                    return false;
                }

                matrix[i, j] = i == j ? Math.Sqrt(sum) : sum / matrix[j, j];
            }
        }

        return true;
    }

    private static double[] Solve(double[,] factor, double[,] right)
    {
        var count = factor.GetLength(0);
        var solution = new double[3 * count];
        for (var channel = 0; channel < 3; channel++)
        {
            var values = solution.AsSpan(channel * count, count);
            for (var i = 0; i < count; i++)
            {
                values[i] = right[channel, i];
                for (var k = 0; k < i; k++)
                {
                    values[i] -= factor[i, k] * values[k];
                }

                values[i] /= factor[i, i];
            }

            for (var i = count - 1; i >= 0; i--)
            {
                for (var k = i + 1; k < count; k++)
                {
                    values[i] -= factor[k, i] * values[k];
                }

                values[i] /= factor[i, i];
            }
        }

        return solution;
    }
}
