using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Domain.Plans;

/// <summary>Which sizes a model makes: a closed value.</summary>
public abstract record ModelSizes
{
    private ModelSizes()
    {
    }

    /// <summary>Whether a size can be asked for at all.</summary>
    public virtual bool IsAsked => true;

    /// <summary>Whether it makes exactly this size of a picture of some size.</summary>
    public abstract bool Makes(PictureSize size, PictureSize picture);

    /// <summary>The size it makes that is best scaled to a wanted one: nearest in proportions, then in pixels.</summary>
    public abstract PictureSize Nearest(PictureSize wanted, PictureSize picture);

    /// <summary>The server decides.</summary>
    public sealed record Any : ModelSizes
    {
        public override bool Makes(PictureSize size, PictureSize picture) => true;

        public override PictureSize Nearest(PictureSize wanted, PictureSize picture) => wanted;
    }

    /// <summary>It has no such parameter and answers in the size of the first picture.</summary>
    public sealed record Kept : ModelSizes
    {
        public override bool IsAsked => false;

        public override bool Makes(PictureSize size, PictureSize picture) => size == picture;

        public override PictureSize Nearest(PictureSize wanted, PictureSize picture) => picture;
    }

    /// <summary>These and no others.</summary>
    public sealed record Listed(ImmutableArray<PictureSize> Sizes) : ModelSizes
    {
        public bool Equals(Listed? other) => other is not null && Sizes.SequenceEqual(other.Sizes);

        public override int GetHashCode() => Sizes.Length;

        public override bool Makes(PictureSize size, PictureSize picture) => Sizes.Contains(size);

        public override PictureSize Nearest(PictureSize wanted, PictureSize picture)
            => Sizes.OrderBy(s => Math.Round(Distortion(s, wanted), 2)).ThenBy(s => Math.Abs(s.Pixels - wanted.Pixels)).First();
    }

    /// <summary>
    /// It is told proportions at most, and nobody promises how many pixels come: about one of these sizes, or about the picture's own if there
    /// are none. What comes is brought to the wanted size.
    /// </summary>
    public sealed record Near(ImmutableArray<PictureSize> Sizes) : ModelSizes
    {
        public bool Equals(Near? other) => other is not null && Sizes.SequenceEqual(other.Sizes);

        public override int GetHashCode() => Sizes.Length;

        public override bool IsAsked => !Sizes.IsEmpty;

        public override bool Makes(PictureSize size, PictureSize picture) => false;

        public override PictureSize Nearest(PictureSize wanted, PictureSize picture)
            => Sizes.IsEmpty ? picture : Sizes.OrderBy(s => Distortion(s, wanted)).First();

        /// <summary>What is made, in words.</summary>
        public override string ToString()
            => Sizes.IsEmpty ? "as the model likes, then scaled" : $"about {string.Join(", ", Sizes)}, then scaled";
    }

    /// <summary>Any within bounds.</summary>
    /// <param name="Multiple">Of which both sides are multiples, in pixels.</param>
    /// <param name="MaxSide">Longest side in pixels.</param>
    /// <param name="MaxRatio">Longest side by shortest.</param>
    /// <param name="MinPixels">Fewest pixels.</param>
    /// <param name="MaxPixels">Most pixels.</param>
    public sealed record Ruled(int Multiple, int MaxSide, int MaxRatio, long MinPixels, long MaxPixels) : ModelSizes
    {
        /// <summary>How many multiples around the scaled side are looked at.</summary>
        private const int Reach = 2;

        public override bool Makes(PictureSize size, PictureSize picture) => Allows(size);

        public override PictureSize Nearest(PictureSize wanted, PictureSize picture)
        {
            if (Allows(wanted))
            {
                return wanted;
            }

            // 1. Into the allowed proportions, 2. into the allowed extent, 3. to the best multiples around.
            double width = wanted.Width, height = wanted.Height;
            width = Math.Max(width, height / MaxRatio);
            height = Math.Max(height, width / MaxRatio);
            var scale = Math.Max(1, Math.Sqrt(MinPixels / (width * height)));
            scale = Math.Min(scale, Math.Min(Math.Sqrt(MaxPixels / (width * height)), MaxSide / Math.Max(width, height)));
            var pixels = width * height * scale * scale;
            return Around(width * scale, height * scale)
                .Where(Allows)
                .MinBy(s => (Math.Round(Distortion(s, wanted), 3), Math.Abs(s.Pixels - pixels)));
        }

        /// <summary>The bounds in words.</summary>
        public override string ToString() => $"sides that are multiples of {Multiple} up to {MaxSide}, at most {MaxRatio}:1, of {MinPixels} to {MaxPixels} pixels";

        private bool Allows(PictureSize size)
        {
            var (shorter, longer) = (Math.Min(size.Width, size.Height), Math.Max(size.Width, size.Height));
            return size.Width % Multiple == 0 && size.Height % Multiple == 0
                && longer <= MaxSide && longer <= (long)shorter * MaxRatio
                && size.Pixels >= MinPixels && size.Pixels <= MaxPixels;
        }

        private IEnumerable<PictureSize> Around(double width, double height)
        {
            var (columns, rows) = ((int)(width / Multiple), (int)(height / Multiple));
            for (var x = Math.Max(1, columns - Reach); x <= columns + Reach; x++)
            {
                for (var y = Math.Max(1, rows - Reach); y <= rows + Reach; y++)
                {
                    yield return new(x * Multiple, y * Multiple);
                }
            }
        }
    }

    /// <summary>How far two proportions are apart: 0 for the same, alike for wider and for higher.</summary>
    private static double Distortion(PictureSize left, PictureSize right)
        => Math.Abs(Math.Log((double)left.Width / left.Height) - Math.Log((double)right.Width / right.Height));
}
