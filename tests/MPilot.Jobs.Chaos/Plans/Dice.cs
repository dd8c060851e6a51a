using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MPilot.Jobs.Chaos.Plans;

/// <summary>Randomness of its own for everything that is decided, so that no decision depends on when another was made.</summary>
internal static class Dice
{
    /// <summary>The same for the same seed and name, in every process.</summary>
    public static Random Of(int seed, string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}:{name}")));
        return new(BinaryPrimitives.ReadInt32LittleEndian(hash));
    }

    /// <summary>One of several, by weight.</summary>
    public static T Pick<T>(this Random dice, params ReadOnlySpan<(int Weight, T Value)> choices)
    {
        var sum = 0;
        foreach (var (weight, _) in choices)
        {
            sum += weight;
        }

        var left = dice.Next(sum);
        foreach (var (weight, value) in choices)
        {
            if ((left -= weight) < 0)
            {
                return value;
            }
        }

        throw new ArgumentException("There is nothing to choose from.", nameof(choices));
    }

    public static TimeSpan Milliseconds(this Random dice, int from, int to) => TimeSpan.FromMilliseconds(dice.Next(from, to + 1));
}
