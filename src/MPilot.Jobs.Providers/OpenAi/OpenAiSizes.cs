using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Providers.OpenAi;

/// <summary>Which sizes a model makes: a closed value.</summary>
internal abstract record OpenAiSizes
{
    private OpenAiSizes()
    {
    }

    /// <summary>Why a size cannot be made, or <c>null</c>.</summary>
    public abstract string? WhyNot(PictureSize size);

    /// <summary>The server decides.</summary>
    public sealed record Any : OpenAiSizes
    {
        public override string? WhyNot(PictureSize size) => null;
    }

    /// <summary>These and no others.</summary>
    public sealed record Listed(ImmutableArray<PictureSize> Sizes) : OpenAiSizes
    {
        public override string? WhyNot(PictureSize size) => Sizes.Contains(size) ? null : $"This model makes {string.Join(", ", Sizes)}.";
    }

    /// <summary>Any within bounds.</summary>
    /// <param name="Multiple">Of which both sides are multiples, in pixels.</param>
    /// <param name="MaxSide">Longest side in pixels.</param>
    /// <param name="MaxRatio">Longest side by shortest.</param>
    /// <param name="MinPixels">Fewest pixels.</param>
    /// <param name="MaxPixels">Most pixels.</param>
    public sealed record Ruled(int Multiple, int MaxSide, int MaxRatio, long MinPixels, long MaxPixels) : OpenAiSizes
    {
        /// <summary>The bounds in words.</summary>
        public string Rule => $"sides that are multiples of {Multiple} up to {MaxSide}, at most {MaxRatio}:1, of {MinPixels} to {MaxPixels} pixels";

        public override string? WhyNot(PictureSize size)
        {
            var (shorter, longer) = (Math.Min(size.Width, size.Height), Math.Max(size.Width, size.Height));
            var fits = size.Width % Multiple == 0 && size.Height % Multiple == 0
                && longer <= MaxSide && longer <= (long)shorter * MaxRatio
                && size.Pixels >= MinPixels && size.Pixels <= MaxPixels;
            return fits ? null : $"This model makes {Rule}.";
        }
    }
}
